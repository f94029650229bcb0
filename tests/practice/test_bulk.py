"""The bulk generator: rows as the services would have left them."""

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from openmission.audit.models import Access, RecordedEvent
from openmission.care.models import Contact
from openmission.care.selectors.agenda import day_lines
from openmission.clients.selectors import search
from openmission.curricula.selectors import worksheet
from openmission.delivery.models import Delivery, DeliveryVersion, Group, GroupMeeting, StatusExam
from openmission.delivery.selectors.groups import group_days
from openmission.delivery.selectors.history import kinds_in
from openmission.intake.models import Enrollment, Referral
from openmission.kernel.actors import SYSTEM, Actor
from openmission.kernel.events import event_classes
from openmission.practice.bulk import Measured, NotEmpty, fill_bulk
from openmission.practice.bulk.groups import WEEKS
from openmission.practice.bulk.tables import Table
from openmission.staff.models import Agency, User
from openmission.staff.viewers import actor_for
from openmission.workbook.models import Entry
from openmission.workbook.rules import faults
from openmission.workbook.selectors.entries import open_sheet

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def measured(django_db_setup: None, django_db_blocker: Any) -> Iterator[Measured]:
    """A small bulk: two pairs, forty clients."""
    with django_db_blocker.unblock(), transaction.atomic():
        for command in ("load_content", "load_curricula"):
            call_command(command, verbosity=0)
        yield fill_bulk(clients=40, contacts_of_one=350, today=TODAY)
        transaction.set_rollback(True)


def _worker(measured: Measured) -> Actor:
    return actor_for(User.objects.get(email=measured.emails["case_manager"]), on=TODAY)


@pytest.mark.django_db
def test_histories_are_as_long_as_asked(measured: Measured) -> None:
    assert Enrollment.objects.filter(state="active").count() == 40
    assert Contact.objects.filter(client_id=measured.few).count() == 7
    assert Contact.objects.filter(client_id=measured.many).count() == 350
    others = Contact.objects.exclude(client_id__in=[measured.few, measured.many]).filter(delivery__meeting=None)
    assert 15 <= others.count() / 38 <= 28


@pytest.mark.django_db
def test_every_row_is_one_that_the_application_accepts(measured: Measured) -> None:
    connection.check_constraints()
    for model in apps.get_models():
        if model.__module__.startswith("openmission."):
            for row in model._default_manager.all()[:5]:
                row.clean_fields(exclude={f.name for f in model._meta.fields if not getattr(row, f.attname)})
    alone = Contact.objects.filter(delivery__meeting=None)
    assert all(note for note in alone.values_list("note", flat=True)[:50])


@pytest.mark.django_db
def test_every_event_is_as_its_service_would_say_it(measured: Measured) -> None:
    kinds = event_classes()
    for kind in RecordedEvent.objects.values_list("kind", flat=True).distinct():
        said = RecordedEvent.objects.filter(kind=kind)[0]
        assert said.on_timeline == kinds[kind].on_timeline
        assert set(said.data) == {field.name for field in fields(kinds[kind])} - {"client_id"}, kind
    assert RecordedEvent.objects.filter(kind="care.ContactLogged").count() == Contact.objects.count()
    assert Access.objects.count() > Contact.objects.count()


@pytest.mark.django_db
def test_its_people_find_their_clients(measured: Measured) -> None:
    viewer = _worker(measured)
    assert len({line.standing.client.id for line in day_lines(viewer, on=TODAY)}) > 5
    one = Enrollment.objects.select_related("client").get(client_id=measured.many).client
    assert one.id in {hit.client.id for hit in search(viewer, one.full_name)}
    assert set(Referral.objects.values_list("state", flat=True)) == {
        "received", "contacted", "screened", "waiting", "enrolled"
    }  # fmt: skip


@pytest.mark.django_db
def test_its_pair_leads_a_group_of_eight_that_meets_today(measured: Measured) -> None:
    viewer = _worker(measured)
    days = {str(day.group.id): day for day in group_days(viewer)}
    today = days[measured.group]
    assert today.meeting and str(today.meeting.id) == measured.meeting and today.meeting.on == TODAY
    assert today.expected == 8
    held = GroupMeeting.objects.filter(group_id=UUID(measured.group), state="held")
    assert held.count() == WEEKS - 1
    assert Delivery.objects.filter(meeting__in=held).count() > 20
    enrollments = Delivery.objects.values_list("enrollment_id", flat=True).distinct()
    kinds = {kind for enrollment in enrollments for kind in kinds_in(viewer, enrollment).values()}
    assert kinds >= {"first", "repeat", "booster"}
    assert {"met", "no_show", "cancelled"} == set(
        Contact.objects.filter(delivery__meeting__in=held).values_list("outcome", flat=True)
    )
    assert Group.objects.count() == 2 and measured.other_groups


@pytest.mark.django_db
def test_sessions_and_sheets_stand_behind_every_client(measured: Measured) -> None:
    alone = Delivery.objects.filter(meeting=None)
    assert alone.filter(enrollment_id=measured.sessions_of).count() > 90
    assert alone.values("enrollment").distinct().count() > 35
    assert StatusExam.objects.count() == Delivery.objects.filter(curriculum="drt").count()
    assert DeliveryVersion.objects.count() == Delivery.objects.count()
    opened = open_sheet(_worker(measured), UUID(measured.enrollment), "recovery_plan", at=NOW)
    assert {item.slug for item in opened.items["steps"]} == set(opened.answers["steps"])
    for entry in Entry.objects.all():
        assert not faults(worksheet(SYSTEM, entry.sheet), json.loads(entry.answers)), entry.sheet


@pytest.mark.django_db
def test_an_agency_is_never_mixed_with_it(measured: Measured) -> None:
    with pytest.raises(NotEmpty):
        fill_bulk(clients=1, contacts_of_one=1, today=TODAY)


def test_a_name_that_a_table_does_not_have_is_refused() -> None:
    with pytest.raises(TypeError, match="naem"):
        Table(Agency).add(naem="A slip of the pen")
