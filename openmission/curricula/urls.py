from django.urls import path

from openmission.curricula import views

app_name = "curricula"
urlpatterns = [
    path("", views.curriculum_list, name="list"),
    path("<slug:curriculum>/", views.curriculum_detail, name="detail"),
    path("<slug:curriculum>/outline/", views.outline, name="outline"),
    path("<slug:curriculum>/<slug:session>/", views.session_detail, name="session"),
    path("<slug:curriculum>/<slug:session>/agenda/", views.agenda, name="agenda"),
    path("<slug:curriculum>/<slug:session>/title/", views.session_title, name="title"),
]
