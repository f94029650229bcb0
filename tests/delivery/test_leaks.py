"""No record, page, line, event or version of a member holds another member's name or words."""

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Q
from django.test import Client as Browser
from django.urls import reverse

from openmission.care.models import Contact
from openmission.care.selectors.facts import standings
from openmission.care.sentences import what, why
from openmission.clients.models import Client
from openmission.clients.services.clients import ClientDetails
from openmission.delivery.naming import NamesAnother
from openmission.delivery.rules.names import names_in
from openmission.delivery.services.groups import leave_group
from openmission.delivery.services.meetings import cancel_meeting
from openmission.intake.models import Enrollment
from tests.delivery.groups import join, record_of, save, versions
from tests.delivery.test_deliveries import correct, deliver
from tests.world.cast import NOW, SINCE, TODAY, World
from tests.world.delivery import CALM, make_drt_group, plan
from tests.world.intake import enroll

pytestmark = pytest.mark.django_db
# Everybody's name is a word too, and everybody's note has a word that nobody else would write.
PEOPLE = {
    "Will Marsh": "zibbernate",
    "Grace Dove": "quollify",
    "Mark Stone": "plimtang",
    "Hope Lane": "vortugal",
    "May Fields": "drasketh",
    "Rose Hill": "fennobly",
    "Dana Reyes": "wexlumar",
    "Luz Vega": "jombrisk",
}
KEYS = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]*|(?<=name="draft-key" content=")[^"]*')  # are no words
ABSENT, LATE, USED = "Mark Stone", "Hope Lane", "Rose Hill"


def newly(world: World, name: str) -> Enrollment:
    first, last = name.split()
    return enroll(world, ClientDetails(first_name=first, last_name=last), at=SINCE)


@pytest.fixture
def members(world: World) -> dict[str, Enrollment]:
    """The eight, after a meeting that Ana recorded and corrected: one absent, one late, one use, worries."""
    group, by = make_drt_group(world, name="Eight of them"), world.actor("case_manager")
    found = {name: newly(world, name) for name in PEOPLE}
    for member in found.values():
        join(world, group, member)
    meeting = plan(world, group, "personal_recovery_plan")
    for seen in (0, 1):
        answers = {member.id: said(name, seen) for name, member in found.items()}
        homework = {"homework": "Try one step, and hope to mark it." + " Twice." * seen}
        saved = save(
            meeting, answers, by, seen=seen, homework_seen="Try one step, and hope to mark it." * seen, **homework
        )
        assert saved.conflicts == {}
    assert meeting.deliveries.count() == len(PEOPLE)
    return found


def said(name: str, time: int) -> dict[str, Any]:
    """What is recorded of one of them; the second time the note goes on."""
    note = f"{name.split()[0]} may {PEOPLE[name]} and will not mark it{'; he hopes' * time}."
    if name == ABSENT:
        return {"attendance": "absent", "note": note}
    exam = {**CALM, "mood": 2} if name == LATE else {**CALM, "use": "used"} if name == USED else CALM
    return {"attendance": "late" if name == LATE else "present", "exam": exam, "note": note, "homework": PEOPLE[name]}


def leaks(text: str, name: str) -> list[str]:
    """Names and words of the other seven in what is of one of them."""
    others = [each for each in PEOPLE if each != name]
    words = [PEOPLE[each] for each in others if PEOPLE[each] in text.casefold()]
    return words + [named.word for named in names_in(text, others, own=[name])]


def rows_of(client: Client) -> Iterator[models.Model]:
    """Every row of the house that hangs on the client, however far, and every row that names them by id."""
    tables = [table for table in apps.get_models() if table.__module__.startswith("openmission.")]
    owned: dict[type[models.Model], set[Any]] = defaultdict(set, {Client: {client.pk}})
    grown = True
    while grown:
        before = sum(map(len, owned.values()))
        for table in tables:
            owned[table] |= set(table._default_manager.filter(_hanging(table, owned)).values_list("pk", flat=True))
        grown = sum(map(len, owned.values())) > before
    for table, ids in owned.items():
        yield from table._default_manager.filter(pk__in=ids)


def _hanging(table: type[models.Model], owned: dict[type[models.Model], set[Any]]) -> Q:
    found = Q(pk__in=[])
    for field in table._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and owned.get(field.related_model):  # type: ignore[call-overload]
            found |= Q(**{f"{field.name}__in": owned[field.related_model]})  # type: ignore[index]
        elif field.name in ("client_id", "enrollment_id") and not field.is_relation:
            found |= Q(**{f"{field.name}__in": owned[Client] | owned[Enrollment]})
    return found


def words_of(row: models.Model) -> str:
    """Everything in a row, decrypted, but the technical key."""
    return " | ".join(str(getattr(row, field.attname)) for field in row._meta.concrete_fields if not field.primary_key)


def test_no_row_of_a_member_holds_anything_of_another(world: World, members: dict[str, Enrollment]) -> None:
    for name, member in members.items():
        found = list(rows_of(member.client))
        kinds = {type(row).__name__ for row in found}
        assert kinds >= {"Contact", "ContactVersion", "Delivery", "DeliveryVersion", "StatusExam", "GroupMember"}
        assert "RecordedEvent" in kinds
        assert any(PEOPLE[name] in words_of(row) for row in found)
        assert {type(row).__name__: leaks(words_of(row), name) for row in found if leaks(words_of(row), name)} == {}


def test_no_version_of_a_member_holds_anything_of_another(world: World, members: dict[str, Enrollment]) -> None:
    for name, member in members.items():
        (delivery,) = member.deliveries.all()
        saves = versions(delivery)
        assert len(saves) == 2
        assert all(PEOPLE[name] in str(save) for save in saves)
        assert leaks(str(saves), name) == []


def test_no_page_of_a_member_holds_anything_of_another(world: World, members: dict[str, Enrollment]) -> None:
    """Words of the interface may look like a name ("Mark as ready"): they stand on a stranger's pages too."""
    ana = Browser()
    ana.force_login(world.staff["case_manager"])
    alone = newly(world, "Noor Quist")
    deliver(world, alone, {"exam": CALM, "note": "Came alone."})
    for name, member in members.items():
        for page, usual in zip(pages_of(member), pages_of(alone), strict=True):
            text, stranger = shown(ana, page), shown(ana, usual)
            assert set(leaks(text, name)) <= set(leaks(stranger, name)), page
        assert PEOPLE[name] in shown(ana, list(pages_of(member))[2])


def pages_of(member: Enrollment) -> Iterator[str]:
    contact = Contact.objects.get(enrollment=member)
    yield reverse("delivery:course", args=[member.id])
    yield reverse("delivery:session", args=[member.id, "drt"])
    yield reverse("desk:client", args=[member.client_id])
    yield reverse("desk:client", args=[member.client_id]) + "?about=drt"
    yield reverse("care:contact", args=[contact.id])
    yield reverse("care:correct", args=[contact.id])
    yield reverse("care:withdraw", args=[contact.id])
    yield reverse("intake:enrollment", args=[member.id])
    yield reverse("workbook:book", args=[member.id])


def shown(browser: Browser, page: str) -> str:
    answer = browser.get(page)
    assert answer.status_code == 200, page
    return html.unescape(KEYS.sub("", answer.content.decode()))


def test_no_line_of_a_member_holds_anything_of_another(world: World, members: dict[str, Enrollment]) -> None:
    by = world.actor("case_manager")
    for standing in standings(by, list(members.values()), on=TODAY):
        name = standing.client.full_name
        lines = standing.facts.raised
        assert lines
        for item in lines:
            said = [what(item, name=name, program=standing.program)]
            said += [why(fact, program=standing.program) for fact in item.why]
            assert leaks(" ".join(said), name) == []


def test_the_absent_one_has_a_make_up_and_the_one_who_used_a_booster(
    world: World, members: dict[str, Enrollment]
) -> None:
    found = standings(world.actor("case_manager"), list(members.values()), on=TODAY)
    rules = {each.client.full_name: {item.rule for item in each.facts.raised} for each in found}
    assert {name for name, raised in rules.items() if "delivery.make_up" in raised} == {ABSENT}
    assert {name for name, raised in rules.items() if "delivery.booster" in raised} == {USED}


WRITTEN = ["Grace", "grace's friend GRACE", "Sunny", "Johnny", "dove: she is Dove", "GRÁCE"]
WRITTEN += ["grace there", "the bus with johnny", "John", "Jack too", "a friend, Walk"]  # as names are shortened, too


@pytest.mark.parametrize("part", ["note", "homework"])
@pytest.mark.parametrize("words", WRITTEN)
def test_another_members_name_is_held_up_and_nothing_is_saved(world: World, part: str, words: str) -> None:
    """First, last and chosen name, aliases and their short forms; who says that it is not the member may write it."""
    group, by = make_drt_group(world, name="Two of them"), world.actor("case_manager")
    grace = ClientDetails(first_name="Grace", last_name="Dove", chosen_name="Sunny", aliases=("Johnny Walker",))
    will, other = newly(world, "Will Marsh"), enroll(world, grace, at=SINCE)
    for member in (will, other):
        join(world, group, member)
    meeting, answers = plan(world, group, "motivation"), {will.id: {part: f"He met {words}."}, other.id: {}}
    with pytest.raises(NamesAnother) as fault:
        save(meeting, answers, by)
    assert (fault.value.enrollment_id, fault.value.field) == (will.id, part)
    assert not meeting.deliveries.exists()
    save(meeting, answers, by, knowing=frozenset[UUID]({will.id}))
    assert words in f"{record_of(meeting, will).homework} {record_of(meeting, will).contact.note}"
    answers[other.id] = {"note": "She came."}
    save(meeting, answers, by, seen=1)  # what stands there already is not asked about again
    with pytest.raises(NamesAnother):
        save(meeting, {will.id: {part: "He met Grace again."}}, by, seen=1)


def test_the_homework_for_everybody_names_nobody(world: World) -> None:
    group, by = make_drt_group(world, name="One of them"), world.actor("case_manager")
    will = newly(world, "Will Marsh")
    join(world, group, will)
    meeting, text = plan(world, group, "motivation"), "Ask Will for a ride."
    with pytest.raises(NamesAnother) as fault:
        save(meeting, {will.id: {}}, by, homework=text)
    assert (fault.value.enrollment_id, fault.value.field, fault.value.words) == (None, "homework", ("Will",))
    save(meeting, {will.id: {}}, by, homework=text, homework_knowing=True)
    save(meeting, {will.id: {}}, by, homework=text, homework_seen=text)
    meeting.refresh_from_db()
    assert meeting.homework == text


def test_ones_own_name_and_the_words_of_others_names_are_free(world: World, members: dict[str, Enrollment]) -> None:
    """The fixture wrote eight notes with the own name and with `may`, `will`, `mark`, `hopes` in them."""
    notes = {name: Contact.objects.get(enrollment=member).note for name, member in members.items()}
    assert all(notes[name].startswith(name.split()[0]) for name in PEOPLE)
    assert notes["Will Marsh"] == "Will may zibbernate and will not mark it; he hopes."


def test_why_somebody_leaves_names_nobody_else(world: World) -> None:
    group, by = make_drt_group(world, name="Two of them"), world.actor("case_manager")
    will, grace = newly(world, "Will Marsh"), newly(world, "Grace Dove")
    rows = {member.id: join(world, group, member) for member in (will, grace)}
    for reason in ("Argued with Grace.", "then grace told him off", "Gracie was rude"):
        with pytest.raises(NamesAnother) as fault:
            leave_group(rows[will.id], reason=reason, by=by, at=NOW)
        assert (fault.value.enrollment_id, fault.value.field) == (will.id, "reason")
    assert group.members.get(enrollment=will).left_on is None
    leave_group(rows[will.id], reason="Will has work now, by the grace of luck.", by=by, at=NOW)
    leave_group(rows[grace.id], reason="Will's sister, not him.", by=by, at=NOW, knowing=True)
    assert not group.members.filter(left_on=None).exists()


def test_why_a_meeting_is_cancelled_names_nobody(world: World) -> None:
    group, by = make_drt_group(world, name="Two of them"), world.actor("case_manager")
    will, grace = newly(world, "Will Marsh"), newly(world, "Grace Dove")
    join(world, group, will)
    leave_group(join(world, group, grace), reason="", by=by, at=NOW)
    meeting = plan(world, group, "motivation")
    for reason in ("Grace died.", "We met Will, he is ill."):
        with pytest.raises(NamesAnother) as fault:
            cancel_meeting(meeting, reason=reason, by=by, at=NOW)
        assert (fault.value.enrollment_id, fault.value.field) == (None, "reason")
    cancel_meeting(meeting, reason="Grace Church is closed.", by=by, at=NOW, knowing=True)
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"


def test_the_forms_ask_and_take_the_answer(world: World) -> None:
    group = make_drt_group(world, name="Two of them")
    will, grace = newly(world, "Will Marsh"), newly(world, "Grace Dove")
    member, _other = join(world, group, will), join(world, group, grace)
    ana, meeting = Browser(), plan(world, group, "motivation")
    ana.force_login(world.staff["case_manager"])
    for page in (
        reverse("delivery:meeting_cancel", args=[meeting.id]),
        reverse("delivery:member_leave", args=[member.id]),
    ):
        assert "knowing" not in shown(ana, page)
        answer = ana.post(page, {"reason": "Told Grace."})
        text = html.unescape(answer.content.decode())
        assert answer.status_code == 422
        assert "“Grace”: a member of this group has that name." in text
        assert 'name="knowing"' in text
        assert ana.post(page, {"reason": "Told Grace.", "knowing": "on"}).status_code == 302


def test_what_was_said_to_be_somebody_else_may_stay_when_the_note_is_corrected(world: World) -> None:
    """In the service log nobody can say so again; a name that is new there is held up."""
    group, by = make_drt_group(world, name="Two of them"), world.actor("case_manager")
    will, grace = newly(world, "Will Marsh"), newly(world, "Grace Dove")
    for member in (will, grace):
        join(world, group, member)
    meeting = plan(world, group, "motivation")
    said = {will.id: {"note": "He met Grace, his aunt."}, grace.id: {}}
    save(meeting, said, by, knowing=frozenset[UUID]({will.id}))
    contact = record_of(meeting, will).contact
    correct(world, contact, note="He met Grace, his aunt, again.")
    with pytest.raises(NamesAnother):
        correct(world, contact, note="He met Grace and Dovie.")
    assert record_of(meeting, will).contact.note == "He met Grace, his aunt, again."
