"""Pages that show the published programs, readable by everyone at work."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openmission.programs import pages, selectors
from openmission.staff.doors import for_everyone


@for_everyone
def program_list(request: HttpRequest) -> HttpResponse:
    """Every published version, newest first within its program."""
    programs = [(row, pages.component_titles(row.program)) for row in selectors.all_programs(request.viewer)]
    return render(request, "programs/program_list.html", {"programs": programs})


@for_everyone
def program_detail(request: HttpRequest, program_version_id: UUID) -> HttpResponse:
    """One version, whole: what it asks for, where that comes from, and the papers as clients read them."""
    published = selectors.published_program(request.viewer, program_version_id)
    context = {
        "published": published,
        "program": published.program,
        "components": pages.component_titles(published.program),
        "topic_groups": pages.topic_groups(published.program),
        "outreach_rows": pages.outreach_rows(published.program),
    }
    return render(request, "programs/program_detail.html", context)
