"""The referral board and the waitlist."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from openmission.intake.forms.referrals import as_id
from openmission.intake.pages.cards import COLUMN_EMPTY, COLUMN_TITLES, card
from openmission.intake.selectors import referrals as selectors
from openmission.staff.doors import door
from openmission.staff.models import Team
from openmission.staff.roles import INTAKE


@door(*INTAKE)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Referrals by how far they are. `?team=` narrows to one team, `?column=` shows one column whole."""
    teams = selectors.intake_teams(request.viewer)
    team_id = _asked_team(request, teams)
    only = request.GET.get("column", "")
    only = only if only in selectors.COLUMNS else ""
    columns = selectors.board(request.viewer, team_id=team_id, only=only)
    context = {
        "columns": [_column(column) for column in columns],
        "only": only,
        "lead": _lead(columns[0].total if columns[0].slug == "received" else 0),
        "again": selectors.to_ask_again(request.viewer, team_id=team_id),
        **_team_choice("intake:board", teams, team_id),
    }
    return render(request, "intake/referral_board.html", context)


@door(*INTAKE)
@require_GET
def waitlist(request: HttpRequest) -> HttpResponse:
    """People found eligible who wait for a place."""
    teams = selectors.intake_teams(request.viewer)
    team_id = _asked_team(request, teams)
    waiting = selectors.waitlist(request.viewer, team_id=team_id)
    context = {"waiting": waiting, **_team_choice("intake:waitlist", teams, team_id)}
    return render(request, "intake/referral_waitlist.html", context)


def _lead(waiting: int) -> str:
    if not waiting:
        return _("Who waited longest stands on top.")
    told = ngettext("%(n)d person waits for a first call.", "%(n)d people wait for a first call.", waiting)
    return " ".join((told % {"n": waiting}, _("Who waited longest stands on top.")))


def _asked_team(request: HttpRequest, teams: list[Team]) -> UUID | None:
    asked = as_id(request.GET.get("team", ""))
    return asked if asked in {team.id for team in teams} else None


def _team_choice(page: str, teams: list[Team], chosen: UUID | None) -> dict[str, Any]:
    """Tabs for people who sit in several teams; the chosen team is carried along in links."""
    here = reverse(page)
    tabs = [(here, _("All teams"), chosen is None)]
    tabs += [(f"{here}?team={team.id}", team.name, team.id == chosen) for team in teams]
    return {"tabs": tabs if len(teams) > 1 else [], "team": chosen, "several_teams": len(teams) > 1 and not chosen}


def _column(column: selectors.Column) -> dict[str, Any]:
    return {
        "slug": column.slug,
        "title": COLUMN_TITLES[column.slug],
        "empty": COLUMN_EMPTY[column.slug],
        "cards": [card(referral) for referral in column.cards],
        "total": column.total,
        "more": column.total > len(column.cards),
    }
