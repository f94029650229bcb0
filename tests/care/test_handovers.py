"""Hand-over notes: who writes them, who reads them, when."""

from datetime import timedelta

import pytest

from openmission.audit.models import RecordedEvent
from openmission.care.models import HandoverNote
from openmission.care.selectors.handovers import handover_lines
from openmission.care.services.handovers import write_handover_notes
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.errors import Refused
from openmission.staff.models import Cover
from openmission.staff.services import cover
from openmission.staff.viewers import actor_for
from tests.care.people import luis
from tests.world.cast import NOW, TODAY, World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def bea_away(world: World, *, starts: int = 0) -> Cover:
    people = {"absent": world.second_pair["case_manager"], "covering": world.staff["case_manager"]}
    days = {"starts_on": TODAY + starts * DAY, "ends_on": TODAY + (starts + 4) * DAY}
    return cover.arrange_cover(**people, **days, reason="leave", by=world.actor("supervisor"), at=NOW)


def sean(world: World) -> Enrollment:
    return Enrollment.objects.get(client_id=world.ids["sean"])


def bea(world: World) -> Actor:
    return actor_for(world.second_pair["case_manager"], on=TODAY)


def test_notes_are_written_once_and_rewritten(world: World) -> None:
    away = bea_away(world)
    for text in ("Court on Tuesday.", "Court on Tuesday.", "Court on Wednesday. "):
        write_handover_notes(away, notes={sean(world).id: text}, by=bea(world), at=NOW)
    note = HandoverNote.objects.get(cover=away)
    assert (note.note, note.by_name) == ("Court on Wednesday.", "Bea Novak")
    assert RecordedEvent.objects.filter(kind="care.HandoverNoteWritten").count() == 2


def test_a_note_can_be_taken_back(world: World) -> None:
    away = bea_away(world)
    write_handover_notes(away, notes={sean(world).id: "Court"}, by=bea(world), at=NOW)
    write_handover_notes(away, notes={sean(world).id: ""}, by=bea(world), at=NOW)
    assert HandoverNote.objects.get(cover=away).note == ""


def test_who_covers_reads_from_the_first_day(world: World) -> None:
    ana = world.staff["case_manager"]
    coming = bea_away(world, starts=3)
    write_handover_notes(coming, notes={sean(world).id: "Court"}, by=bea(world), at=NOW)
    assert handover_lines(actor_for(ana, on=TODAY), coming, at=NOW) == []
    (line,) = handover_lines(actor_for(ana, on=TODAY + 3 * DAY), coming, at=NOW + 3 * DAY)
    assert (line.note and line.note.note, line.may_write) == ("Court", False)


def test_who_is_away_and_the_supervisor_write(world: World) -> None:
    away = bea_away(world)
    for actor in (bea(world), world.actor("supervisor")):
        (line,) = handover_lines(actor, away, at=NOW)
        assert line.may_write
        write_handover_notes(away, notes={sean(world).id: f"By {actor.name}"}, by=actor, at=NOW)


def test_nobody_else_writes_and_nothing_is_half_written(world: World) -> None:
    away = bea_away(world)
    covering = actor_for(world.staff["case_manager"], on=TODAY)
    with pytest.raises(Refused):
        write_handover_notes(away, notes={sean(world).id: "Mine"}, by=covering, at=NOW)
    with pytest.raises(Refused):  # Luis is not Bea's
        write_handover_notes(away, notes={sean(world).id: "Hers", luis(world).id: "Not hers"}, by=bea(world), at=NOW)
    assert not HandoverNote.objects.filter(cover=away).exists()
