"""Every address of the application."""

from django.urls import include, path

urlpatterns = [
    path("", include("openmission.config.sign_in_urls")),
    path("staff/", include("openmission.staff.urls")),
    path("programs/", include("openmission.programs.urls")),
    path("clients/", include("openmission.clients.urls")),
    path("hmis/", include("openmission.exchange.urls")),
    path("", include("openmission.intake.urls")),
    path("", include("openmission.care.urls")),
]
