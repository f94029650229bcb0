from django.urls import path

from openmission.staff import views

app_name = "staff"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("stay/", views.stay, name="stay"),
]
