from django.urls import path

from openmission.workbook.views import papers, sheets

app_name = "workbook"
urlpatterns = [
    path("worksheets/<slug:sheet>/blank/", papers.blank, name="blank"),
    path("workbook/<uuid:enrollment_id>/", sheets.book, name="book"),
    path("workbook/<uuid:enrollment_id>/print/", papers.book, name="book_print"),
    path("workbook/<uuid:enrollment_id>/<slug:sheet>/", sheets.sheet, name="sheet"),
    path("workbook/<uuid:enrollment_id>/<slug:sheet>/again/", sheets.again, name="again"),
    path("workbook/<uuid:enrollment_id>/<slug:sheet>/history/", sheets.history, name="history"),
    path("workbook/<uuid:enrollment_id>/<slug:sheet>/print/", papers.sheet, name="sheet_print"),
]
