from django.urls import path

from openmission.programs import views

app_name = "programs"
urlpatterns = [
    path("", views.program_list, name="list"),
    path("<uuid:program_version_id>/", views.program_detail, name="detail"),
]
