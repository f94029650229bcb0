"""Find people: the list, and referring those who were ticked."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from openmission.exchange import services
from openmission.exchange.fact_texts import fact_text
from openmission.exchange.forms import PeopleFilter, ReferForm
from openmission.exchange.models import HmisImport, HmisPerson
from openmission.exchange.policies import HMIS_ROLES
from openmission.exchange.selectors import people as selectors
from openmission.exchange.selectors.imports import recent_imports
from openmission.kernel.faults import faults_told
from openmission.staff.doors import door

TONES = {"homeless": "now", "at_risk": "today", "recently_exited": "week", "housed": "done", "unknown": "waiting"}


@door(*HMIS_ROLES)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Whom the program exists for, who needs it most first, each with why."""
    asked = PeopleFilter(request.GET).asked()
    page = selectors.people_page(request.viewer, **asked)
    query = {"housing": asked["housing"], "q": asked["text"]}
    context = {
        "page": page,
        "asked": asked,
        "tabs": _tabs(page, **query),
        "lines": [_line(person) for person in page.people],
        "older": f"?{urlencode({**query, 'page': page.next_page})}" if page.next_page else "",
        "back": urlencode({**query, "page": asked["page"]}),
        "form": ReferForm(teams=selectors.teams_to_refer_to(request.viewer)),
        "decision": selectors.may_refer(request.viewer),
    }
    if not page.people:
        context |= _why_nobody(recent_imports(request.viewer))
    return render(request, "exchange/people_list.html", context)


def _why_nobody(imports: list[HmisImport]) -> dict[str, Any]:
    """`under_way`: the newest import that runs or waits for a decision; `imported`: whether any is complete."""
    open_states = (*HmisImport.UNFINISHED, HmisImport.State.NEEDS_DECISION)
    return {
        "under_way": next((taken for taken in imports if taken.state in open_states), None),
        "imported": any(taken.state == HmisImport.State.COMPLETE for taken in imports),
    }


def _line(person: selectors.FoundPerson) -> dict[str, Any]:
    """`lives`: what says where they live; `why`: every fact with the file and the row where it stands."""
    facts = [(fact, fact_text(fact)) for fact in person.why]
    return {
        "person": person,
        "tone": TONES[person.housing],
        "lives": ". ".join(text for fact, text in facts if fact["fact"] not in ("mental_health", "substance_use")),
        "why": [(text, fact["file"], fact["row"]) for fact, text in facts],
    }


def _tabs(page: selectors.PeoplePage, *, housing: str, q: str) -> list[tuple[str, str, bool]]:
    words = [("", _("Everybody"), sum(page.counts.values()))]
    words += [(word, str(label), page.counts.get(word, 0)) for word, label in HmisPerson.HOUSING]
    return [(f"?{urlencode({'housing': w, 'q': q})}", f"{label} ({count})", w == housing) for w, label, count in words]


@door(*HMIS_ROLES)
@require_POST
def refer(request: HttpRequest) -> HttpResponse:
    """Refer the ticked people. Who may be on record already is asked about first; the others are not kept waiting."""
    form = ReferForm(request.POST, teams=selectors.teams_to_refer_to(request.viewer))
    back = f"{reverse('exchange:people')}?{PeopleFilter.again(request.POST.get('back', ''))}"
    if not form.is_valid():
        messages.error(request, _("Tick at least one person, then refer."))
        return redirect(back)
    ticked = selectors.people_among(request.viewer, form.cleaned_data["person"])
    doubts = selectors.doubts(request.viewer, [person for person in ticked if person.id not in form.who()])
    done = 0
    for person in ticked:
        if person.id not in doubts:
            with faults_told(request):
                _refer_one(request, person, form)
                done += 1
    _tell(request, done, len(form.cleaned_data["person"]), len(doubts))
    if not doubts:
        return redirect(back)
    context = {"form": form, "doubts": doubts.values(), "back": request.POST.get("back", "")}
    return render(request, "exchange/people_check.html", context)


def _refer_one(request: HttpRequest, person: HmisPerson, form: ReferForm) -> None:
    same_as = selectors.client_chosen(request.viewer, person, form.who().get(person.id, ""))
    team = form.cleaned_data["team"]
    services.people.refer_person(person_id=person.id, team=team, same_as=same_as, by=request.viewer, at=timezone.now())


def _tell(request: HttpRequest, done: int, ticked: int, doubtful: int) -> None:
    words: dict[str, Any] = {"done": done}
    if done:
        text = ngettext("%(done)d person is referred.", "%(done)d people are referred.", done)
        messages.success(request, text % words)
    elif ticked and not doubtful:
        messages.info(request, _("Nobody new was referred: they may have been referred already."))
