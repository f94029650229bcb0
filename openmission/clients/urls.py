from django.urls import path

from openmission.clients.views import details, emergencies, log

app_name = "clients"
urlpatterns = [
    path("<uuid:client_id>/details/", details.edit, name="edit"),
    path("<uuid:client_id>/break-glass/", emergencies.break_glass, name="break_glass"),
    path("emergencies/", emergencies.emergencies, name="emergencies"),
    path("emergencies/<uuid:break_glass_id>/", emergencies.review, name="review"),
    path("log/", log.looks, name="looks"),
    path("log/changes/", log.changes, name="changes"),
]
