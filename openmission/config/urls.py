"""Every address of the application."""

from django.urls import include, path

from openmission.kernel.gallery import gallery
from openmission.staff.doors import for_everyone

urlpatterns = [
    path("", include("openmission.config.sign_in_urls")),
    path("", include("openmission.desk.urls")),
    path("", include("openmission.care.urls")),
    path("", include("openmission.delivery.urls")),
    path("", include("openmission.intake.urls")),
    path("", include("openmission.workbook.urls")),
    path("clients/", include("openmission.clients.urls")),
    path("curricula/", include("openmission.curricula.urls")),
    path("hmis/", include("openmission.exchange.urls")),
    path("programs/", include("openmission.programs.urls")),
    path("staff/", include("openmission.staff.urls")),
    path("gallery/", for_everyone(gallery), name="gallery"),
]
