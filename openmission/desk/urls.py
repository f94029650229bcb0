from django.urls import path

from openmission.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("day/", views.my_day, name="my_day"),
    path("caseload/", views.caseload, name="caseload"),
    path("caseload/look/", views.caseload_look, name="caseload_look"),
    path("clients/<uuid:client_id>/", views.client, name="client"),
    path("find/", views.search, name="search"),
]
