from django.urls import path

from openmission.exchange.views import imports, people

app_name = "exchange"
urlpatterns = [
    path("", imports.imports, name="imports"),
    path("imports/<uuid:import_id>/", imports.one_import, name="import"),
    path("imports/<uuid:import_id>/decide/", imports.decide, name="decide"),
    path("people/", people.people, name="people"),
    path("people/refer/", people.refer, name="refer"),
]
