from django.urls import path

from openmission.workbook import views

app_name = "workbook"
urlpatterns = [
    path("workbook/<uuid:enrollment_id>/", views.book, name="book"),
    path("workbook/<uuid:enrollment_id>/<slug:sheet>/", views.sheet, name="sheet"),
    path("workbook/<uuid:enrollment_id>/<slug:sheet>/again/", views.again, name="again"),
    path("workbook/<uuid:enrollment_id>/<slug:sheet>/history/", views.history, name="history"),
]
