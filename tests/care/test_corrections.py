"""Correcting a contact: what it said before is kept, and what is derived from it follows."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from openmission.audit.models import RecordedEvent
from openmission.care.details import InvalidContact
from openmission.care.models import Contact
from openmission.care.services.corrections import correct_contact
from openmission.intake.models import EnrollmentPhase
from openmission.kernel.actors import Actor
from openmission.kernel.errors import Refused
from openmission.staff.services import cover
from openmission.staff.viewers import actor_for
from tests.care.people import log, luis, said
from tests.world.cast import NOW, TODAY, World

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def correct(world: World, contact: Contact, *, by: Actor | None = None, **changed: Any) -> Contact:
    details = said(**({"at": contact.at, "note": contact.note} | changed))
    return correct_contact(contact, details=details, by=by or world.actor("case_manager"), at=LATER)


def test_the_new_words_stand_and_the_old_ones_are_kept(world: World) -> None:
    contact = log(world, luis(world), note="Met at the library.")
    corrected = correct(world, contact, note="Met at the laundry.", minutes=30, slip=True)
    assert (corrected.note, corrected.minutes, corrected.slip) == ("Met at the laundry.", 30, True)
    assert corrected.corrected_at == LATER
    version = corrected.versions.get()
    assert json.loads(version.before)["note"] == "Met at the library."
    assert (version.by_name, version.at) == ("Ana Ruiz", LATER)
    event = RecordedEvent.objects.get(kind="care.ContactCorrected")
    assert sorted(event.data["fields"]) == ["minutes", "note", "slip"]


def test_where_nothing_differs_nothing_is_written(world: World) -> None:
    contact = log(world, luis(world), note="Same")
    corrected = correct(world, contact)
    assert (corrected.corrected_at, corrected.versions.count()) == (None, 0)
    assert not RecordedEvent.objects.filter(kind="care.ContactCorrected").exists()


def test_day_and_phase_move_with_the_moment(world: World) -> None:
    contact = log(world, luis(world))
    span = EnrollmentPhase.objects.get(enrollment=luis(world), slug="try_out")
    corrected = correct(world, contact, at=datetime.fromisoformat(f"{span.starts_on}T18:00:00+00:00"))
    corrected.refresh_from_db()
    assert (corrected.on, corrected.phase) == (span.starts_on, "try_out")


def test_the_partner_who_was_forgotten_is_added(world: World) -> None:
    pair = tuple(world.staff[role].id for role in ("case_manager", "peer_specialist"))
    contact = log(world, luis(world))
    corrected = correct(world, contact, staff_ids=pair)
    assert dict(corrected.staff.values_list("user__name", "role")) == {
        "Ana Ruiz": "case_manager",
        "Pat Bell": "peer_specialist",
    }
    assert (corrected.by_case_manager, corrected.by_peer) == (True, True)
    assert json.loads(corrected.versions.get().before)["staff"] == ["Ana Ruiz"]
    back = correct(world, corrected, staff_ids=pair[:1])
    assert (back.by_case_manager, back.by_peer, back.staff.count()) == (True, False, 1)


def test_who_stays_keeps_the_role_of_that_day(world: World) -> None:
    """A peer who covered the case manager was there as one, though the cover has ended."""
    ben = world.second_pair["peer_specialist"]
    away = {"absent": world.staff["case_manager"], "covering": ben, "starts_on": TODAY, "ends_on": TODAY, "reason": ""}
    arranged = cover.arrange_cover(**away, by=world.actor("supervisor"), at=NOW)
    contact = log(world, luis(world), by=actor_for(ben, on=TODAY))
    cover.end_cover(arranged, by=world.actor("supervisor"), at=NOW)
    pair = (ben.id, world.staff["peer_specialist"].id)
    corrected = correct(world, contact, by=world.actor("supervisor"), staff_ids=pair)
    assert dict(corrected.staff.values_list("user__name", "role")) == {
        "Ben Ortiz": "case_manager",
        "Pat Bell": "peer_specialist",
    }
    assert (corrected.by_case_manager, corrected.by_peer) == (True, True)


@pytest.mark.parametrize(
    ("role", "allowed"), [("case_manager", True), ("peer_specialist", False), ("supervisor", True)],
    ids=["who recorded it", "the partner", "the supervisor"],
)  # fmt: skip
def test_who_may_correct(world: World, role: str, allowed: bool) -> None:
    contact = log(world, luis(world))
    if allowed:
        assert correct(world, contact, by=world.actor(role), minutes=30).minutes == 30
    else:
        with pytest.raises(Refused):
            correct(world, contact, by=world.actor(role), minutes=30)


def test_who_took_part_may_correct(world: World) -> None:
    pair = tuple(world.staff[role].id for role in ("case_manager", "peer_specialist"))
    contact = log(world, luis(world), staff_ids=pair)
    assert correct(world, contact, by=world.actor("peer_specialist"), minutes=30, staff_ids=pair).minutes == 30


def test_what_cannot_be_right_is_refused_and_changes_nothing(world: World) -> None:
    contact = log(world, luis(world))
    with pytest.raises(InvalidContact):
        correct(world, contact, minutes=0)
    contact.refresh_from_db()
    assert (contact.minutes, contact.versions.count()) == (45, 0)
