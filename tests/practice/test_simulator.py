"""The practice agency: at every stage, alive today, played through the services, the same for the same seed."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from openmission.audit.models import Access, RecordedEvent
from openmission.care.models import Appointment, Contact, PhaseReview, SafetyConcern
from openmission.care.selectors.agenda import Line, day_lines
from openmission.clients.models import Client, Phone
from openmission.curricula.selectors import worksheet
from openmission.delivery.models import Delivery, GroupMeeting, GroupMember, StatusExam
from openmission.delivery.rules.names import names_in
from openmission.delivery.selectors.courses import known_of
from openmission.delivery.selectors.groups import group_days
from openmission.delivery.selectors.history import kinds_in
from openmission.intake.models import Enrollment, Referral
from openmission.kernel.actors import SYSTEM
from openmission.practice.rules.cast import LIVES, Turn
from openmission.practice.rules.circles import CIRCLES
from openmission.practice.simulator import fill
from openmission.practice.simulator.agency import Practice
from openmission.programs.rules import Severity
from openmission.staff.models import User
from openmission.workbook.models import Entry
from openmission.workbook.rules import faults

TODAY = date(2026, 11, 23)
SHORTER = [life for life in LIVES if life.turn != Turn.LONG]


@pytest.fixture(scope="module")
def practice(django_db_setup: None, django_db_blocker: Any) -> Iterator[Practice]:
    """The agency without its longest history, filled once for this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_content", verbosity=0)
        call_command("load_curricula", verbosity=0)
        yield fill(today=TODAY, seed=1, lives=SHORTER)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_people_stand_at_every_stage(practice: Practice) -> None:
    assert set(Referral.objects.values_list("state", flat=True)) == {
        "received", "contacted", "screened", "waiting", "enrolled", "closed"
    }  # fmt: skip
    assert {"not_eligible", "not_reached"} <= set(Referral.objects.values_list("outcome", flat=True))
    assert Referral.objects.filter(ask_again_on=TODAY).count() == 1
    ended = set(Enrollment.objects.filter(state="discharged").values_list("discharge", flat=True))
    assert ended == {"completed", "stopped", "moved"}
    served = Enrollment.objects.filter(state="active")
    assert set(served.values_list("months", flat=True)) == {2, 6, 12}
    assert served.filter(starts_on=TODAY - timedelta(days=1)).count() == 1
    assert set(served.values_list("program_version__slug", flat=True)) == {"mission", "linkage-only"}
    assert Client.objects.count() == len(SHORTER)
    assert Client.objects.filter(enrollments__state="discharged").filter(enrollments__state="active").count() == 1


@pytest.mark.django_db
def test_the_log_holds_every_kind_of_contact(practice: Practice) -> None:
    assert set(Contact.objects.values_list("outcome", flat=True)) == {"met", "no_show", "cancelled", "tried"}
    assert set(Contact.objects.values_list("mode", flat=True)) == {"in_person", "phone", "video", "text"}
    assert set(Contact.objects.values_list("with_whom", flat=True)) >= {"client", "landlord", "provider", "family"}
    assert set(Contact.objects.values_list("phase", flat=True)) == {"transition", "try_out", "transfer", "linkage"}
    assert Contact.objects.filter(by_case_manager=True, by_peer=True).exists()
    assert Contact.objects.filter(slip=True, delivery=None).count() == 2
    assert not Contact.objects.filter(note=b"", delivery__meeting=None).exists()


@pytest.mark.django_db
def test_today_is_alive_for_the_pair_that_people_sign_in_as(practice: Practice) -> None:
    for key in ("casey", "perry"):
        planned = Appointment.objects.filter(state="planned", staff__user=practice.users[key])
        assert planned.filter(at__date=TODAY).count() >= 3
        assert planned.filter(at__date__gt=TODAY).exists()
    assert Enrollment.objects.filter(client__care_team__user=practice.users["casey"], state="active").count() >= 12
    assert practice.users["toby"].id in practice.actors["casey"].covers


@pytest.mark.django_db
def test_the_day_holds_lines_of_every_weight(practice: Practice) -> None:
    def lines(key: str) -> list[Line]:
        return day_lines(practice.actors[key], on=TODAY)

    assert {line.severity for line in lines("casey")} == {Severity.NOW, Severity.TODAY, Severity.WEEK, Severity.WAITING}
    assert {"outreach", "appointment", "documents", "review", "discharge"} <= {
        line.item.rule for line in lines("casey")
    }
    assert any(line.item.held for line in lines("perry"))
    assert {"outreach", "pair"} <= {line.item.rule for line in lines("sol")}


@pytest.mark.django_db
def test_every_row_was_made_by_a_service_in_its_own_time(practice: Practice) -> None:
    def said(kind: str) -> int:
        return RecordedEvent.objects.filter(kind=kind).count()

    assert said("care.ContactLogged") == Contact.objects.count()
    assert said("care.AppointmentMade") == Appointment.objects.count()
    assert said("care.PhaseReviewed") == PhaseReview.objects.count()
    assert said("intake.ReferralReceived") == Referral.objects.count()
    assert said("intake.ClientEnrolled") == Enrollment.objects.count()
    assert not Contact.objects.filter(on__gte=TODAY).exists()
    lived = RecordedEvent.objects.exclude(kind__startswith="programs").exclude(kind__startswith="curricula")
    assert not lived.filter(at__gte=practice.moment(TODAY, 0)).exists()  # whatever the hour, not later than now
    assert not Access.objects.filter(at__gte=practice.moment(TODAY, 0)).exists()
    first = lived.order_by("at")[0]
    assert first.at.date() < TODAY - timedelta(days=240)


@pytest.mark.django_db
def test_groups_have_met_for_weeks_and_one_meets_today(practice: Practice) -> None:
    today = next(day for day in group_days(practice.actors["casey"]) if day.meeting)
    assert today.meeting and today.meeting.on == TODAY and today.expected == 8
    assert 0 < today.unprepared < today.expected
    held = GroupMeeting.objects.filter(state="held")
    assert held.count() == sum(circle.weeks for circle in CIRCLES)
    attended = set(Contact.objects.filter(delivery__meeting__in=held).values_list("outcome", flat=True))
    assert attended == {"met", "no_show", "cancelled"}
    assert Delivery.objects.filter(late=True).exists()
    assert StatusExam.objects.filter(use="used").exists()
    assert any(StatusExam.objects.values_list("passed", flat=True))
    assert not SafetyConcern.objects.exists()


@pytest.mark.django_db
def test_sessions_stand_at_mixed_progress(practice: Practice) -> None:
    curricula = dict(Delivery.objects.values_list("id", "curriculum"))
    enrollments = Delivery.objects.values_list("enrollment_id", flat=True).distinct()
    kinds = {
        (curricula[id], kind)
        for enrollment in enrollments
        for id, kind in kinds_in(practice.actors["sol"], enrollment).items()
    }
    assert {("drt", "first"), ("drt", "repeat"), ("drt", "booster"), ("drt", "make_up"), ("peer", "first")} <= kinds
    reached = GroupMember.objects.filter(group__curriculum="drt", left_on=None).values_list("enrollment_id", flat=True)
    done = {len(known.course("drt").done) for known in known_of(practice.actors["sol"], list(reached)).values()}
    assert 0 in done and 13 in done and len(done) > 4


@pytest.mark.django_db
def test_worksheets_follow_from_one_another(practice: Practice) -> None:
    for entry in Entry.objects.all():
        answers = json.loads(entry.answers)
        assert answers and not faults(worksheet(SYSTEM, entry.sheet), answers), entry.sheet
    for plan in Entry.objects.filter(sheet="recovery_plan"):
        named = Entry.objects.get(enrollment=plan.enrollment, sheet="life_problem_areas")
        ids = {row["id"] for row in json.loads(named.answers)["problems"]}
        assert set(json.loads(plan.answers)["steps"]) <= ids


@pytest.mark.django_db
def test_no_note_of_a_group_names_a_member(practice: Practice) -> None:
    names = [name for client in Client.objects.all() for name in (client.first_name, client.last_name) if name]
    for note in {contact.note for contact in Contact.objects.filter(delivery__meeting__isnull=False)}:
        assert not names_in(note, names), note


@pytest.mark.django_db
def test_numbers_and_addresses_are_those_kept_for_fiction(practice: Practice) -> None:
    assert all("555-01" in number for number in Phone.objects.values_list("number", flat=True))
    assert all(email.endswith("@practice.example") for email in User.objects.values_list("email", flat=True))


@pytest.mark.django_db
def test_workbooks_are_further_on_the_longer_somebody_is_served(practice: Practice) -> None:
    states = set(Entry.objects.values_list("sheet", "state"))
    assert {state for _sheet, state in states} == {"preparing", "ready", "brought", "reviewed"}
    assert Entry.objects.filter(sheet="readiness_rulers", taking=2).exists()
    new = Enrollment.objects.get(starts_on=TODAY - timedelta(days=1))
    assert not Entry.objects.filter(enrollment=new).exists()
    assert not Entry.objects.filter(enrollment__program_version__slug="linkage-only").exists()
