"""Groups: the list, one group, making and changing it, joining and leaving."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openmission.care.selectors.contacts import get_served
from openmission.curricula.selectors import all_curricula
from openmission.curricula.selectors import curriculum as read_curriculum
from openmission.delivery.forms.groups import ChangeGroupForm, GroupForm, JoinForm, LeaveForm, group_initial
from openmission.delivery.models import Group
from openmission.delivery.policies import can_lead_group
from openmission.delivery.selectors.groups import get_group, get_member, usual_partner
from openmission.delivery.selectors.overview import could_join, group_rows, overview, past_meetings
from openmission.delivery.services.groups import bring_into_group, change_group, end_group, leave_group, make_group
from openmission.kernel.decisions import require
from openmission.kernel.faults import faults_on, faults_told
from openmission.kernel.ids import new_id
from openmission.kernel.paging import start_in
from openmission.programs.rules import localized
from openmission.staff.doors import door
from openmission.staff.models import Team
from openmission.staff.roles import CARE
from openmission.staff.selectors import colleagues


@door(*CARE)
def groups(request: HttpRequest) -> HttpResponse:
    """The groups of one's teams."""
    titles = {each.slug: localized(each.title, get_language() or "en") for each in all_curricula(request.viewer)}
    rows = [(group, titles.get(group.curriculum, "")) for group in group_rows(request.viewer)]
    return render(request, "delivery/group_list.html", {"rows": rows})


@door(*CARE)
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One group: who is in it and where each stands, what comes next, its meetings. `?start=` brings older ones."""
    row, start = get_group(request.viewer, group_id), start_in(request)
    if request.htmx and start:
        past, older = past_meetings(request.viewer, row, start)
        titles = read_curriculum(request.viewer, row.curriculum, past[0].version if past else None)
        page = {"past": past, "older": older, "curriculum": titles}
        return render(request, "delivery/_meetings.html", {"page": page})
    shown = overview(request.viewer, row, at=timezone.now(), start=start)
    return render(request, "delivery/group_page.html", {"page": shown, "group": row})


def _offered(request: HttpRequest, team_ids: frozenset[UUID]) -> dict[str, Any]:
    language = get_language() or "en"
    people = colleagues(request.viewer, team_ids=team_ids, on=timezone.localdate(), roles=CARE)
    return {
        "curriculum": [(each.slug, localized(each.title, language)) for each in all_curricula(request.viewer)],
        "team": Team.objects.filter(id__in=team_ids).order_by("name").values_list("id", "name"),
        "leaders": [(str(person.id), person.name) for person in people],
    }


@door(*CARE)
def group_new(request: HttpRequest) -> HttpResponse:
    """Make a group."""
    viewer = request.viewer
    initial = {"id": new_id(), "leaders": [str(id) for id in (viewer.id, usual_partner(viewer)) if id]}
    form = GroupForm(request.POST or None, offered=_offered(request, viewer.teams(*CARE)), initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        with faults_on(form):
            made = make_group(
                team_id=UUID(data["team"]),
                curriculum=data["curriculum"],
                details=form.details(),
                id=data["id"],
                by=viewer,
                at=timezone.now(),
            )
            messages.success(request, _("The group is made. Who joins?"), extra_tags="group:new")
            return redirect("delivery:group", made.id)
    context = {"form": form, "draft": "group:new"}
    return render(request, "delivery/group_form.html", context, status=422 if form.errors else 200)


@door(*CARE)
def group_change(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Change name, usual time, place or who leads."""
    row = get_group(request.viewer, group_id)
    require(can_lead_group(request.viewer, row))
    form = ChangeGroupForm(
        request.POST or None, offered=_offered(request, frozenset({row.team_id})), initial=group_initial(row)
    )
    for name in ("team", "curriculum"):
        del form.fields[name]
    draft = f"group:{row.id}"
    if form.is_valid():
        with faults_on(form):
            change_group(row, details=form.details(), by=request.viewer, at=timezone.now())
            messages.success(request, _("Saved."), extra_tags=draft)
            return redirect("delivery:group", row.id)
    context = {"form": form, "draft": draft, "group": row}
    return render(request, "delivery/group_form.html", context, status=422 if form.errors else 200)


@door(*CARE)
def group_join(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Bring clients whom one serves into the group."""
    viewer, at = request.viewer, timezone.now()
    row = get_group(viewer, group_id)
    people = {str(each.id): each.client.full_name for each in could_join(viewer, row, at=at)}
    form = JoinForm(request.POST or None, people=people.items(), initial={"on": timezone.localdate(at)})
    if form.is_valid():
        with faults_on(form):
            chosen = [get_served(viewer, id, at=at) for id in form.cleaned_data["enrollment"]]
            bring_into_group(row, chosen, by=viewer, at=at, on=form.cleaned_data["on"])
            messages.success(request, _("They are in the group now."))
            return redirect("delivery:group", row.id)
    context = {"form": form, "group": row, "people": people}
    return render(request, "delivery/group_join.html", context, status=422 if form.errors else 200)


@door(*CARE)
def member_leave(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """A client leaves the group."""
    viewer, at = request.viewer, timezone.now()
    member = get_member(viewer, member_id, at=at)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        with faults_on(form), form.asking():
            leave_group(member, **form.cleaned_data, by=viewer, at=at)
            messages.success(request, _("They are not in the group any more. What was recorded stays."))
            return redirect("delivery:group", member.group_id)
    context = {"form": form, "member": member}
    return render(request, "delivery/member_leave.html", context, status=422 if form.errors else 200)


@door(*CARE)
def group_end(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """End a group, after asking."""
    row: Group = get_group(request.viewer, group_id)
    require(can_lead_group(request.viewer, row))
    if request.method == "POST":
        with faults_told(request):
            end_group(row, by=request.viewer, at=timezone.now())
            messages.success(request, _("The group has ended. What was recorded stays."))
        return redirect("delivery:groups")
    return render(request, "delivery/group_end.html", {"group": row})
