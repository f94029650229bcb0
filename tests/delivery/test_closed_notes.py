"""Two leaders, and a member whom only one of them serves: neither's note is lost, and none is shown to the other."""

import html
from typing import Any

import pytest
from django.test import Client as Browser

from openmission.care.services.withdrawals import withdraw_contact
from openmission.delivery.models import GroupMeeting
from openmission.staff.models import User
from tests.delivery.groups import join, record_of
from tests.world.cast import NOW, World
from tests.world.delivery import make_drt_group, people, plan

pytestmark = pytest.mark.django_db


class Two:
    """Ana, who serves Will, and Bea, who does not, lead his group; both have the round before them."""

    def __init__(self, world: World):
        self.bea, self.ana = world.second_pair["case_manager"], world.staff["case_manager"]
        group = make_drt_group(world, leaders=(self.ana.id, self.bea.id), name="Two pairs")
        (self.will,) = people(world, 1)
        join(world, group, self.will)
        self.meeting: GroupMeeting = plan(world, group, "motivation")
        self.run = f"/meetings/{self.meeting.id}/run/"

    def says(self, user: User, note: str, *, seen: int = 0, **more: Any) -> tuple[int, str]:
        about = {"seen": seen, "attendance": "present", "note": note} | more
        sent = {f"m-{self.will.id}-{name}": str(value) for name, value in about.items()}
        answer = self.as_(user).post(self.run, {**sent, "minutes": "60"})
        return answer.status_code, html.unescape(answer.content.decode())

    def sees(self, user: User) -> str:
        return html.unescape(self.as_(user).get(self.run).content.decode())

    def as_(self, user: User) -> Browser:
        found = Browser()
        found.force_login(user)
        return found

    @property
    def note(self) -> str:
        return str(record_of(self.meeting, self.will).contact.note)


@pytest.fixture
def two(world: World) -> Two:
    return Two(world)


def test_the_second_note_goes_beside_the_first_and_neither_is_shown(two: Two) -> None:
    assert two.says(two.ana, "He slept badly.")[0] == 302
    for _time in range(2):  # the phone sends twice
        assert two.says(two.bea, "He told about his son.\r\nTwice.")[0] == 302
        assert two.note == f"He slept badly.\n\n{two.bea.name}: He told about his son.\nTwice."
    page = two.sees(two.bea)
    assert "slept badly" not in page
    assert f'name="m-{two.will.id}-note"' not in page


def test_beside_another_answer_that_differs_only_that_is_told(two: Two) -> None:
    assert two.says(two.ana, "He slept badly.", mood=4)[0] == 302
    status, page = two.says(two.bea, "He told about his son.", mood=6)
    assert (status, "“4” is saved, you said “6”" in page, "slept badly" in page) == (422, True, False)
    assert two.note.endswith(f"{two.bea.name}: He told about his son.")


def test_a_fault_shows_only_the_own_words(two: Two) -> None:
    assert two.says(two.ana, "He slept badly.")[0] == 302
    status, page = two.says(two.bea, "He told about his son.", mood="lots")
    assert (status, "He told about his son." in page, "slept badly" in page) == (422, True, False)


def test_an_own_note_that_nobody_touched_is_not_said_twice(two: Two) -> None:
    """Bea wrote it, Ana has corrected it since, and Bea sends the page that she has open."""
    assert two.says(two.bea, "He told about his son.")[0] == 302
    assert two.says(two.ana, "He told about his sons.", seen=1)[0] == 302
    assert two.says(two.bea, "He told about his son.", seen=1, mood=6)[0] == 302
    assert two.note == "He told about his sons."


def test_a_form_without_the_note_leaves_it(two: Two) -> None:
    assert two.says(two.ana, "He slept badly.")[0] == 302
    sent = {f"m-{two.will.id}-seen": "1", f"m-{two.will.id}-attendance": "late", "minutes": "60"}
    for user in (two.bea, two.ana):
        assert two.as_(user).post(two.run, sent).status_code == 302
        assert two.note == "He slept badly."
    assert two.says(two.ana, "", seen=2)[0] == 302
    assert two.note == ""


def test_who_records_a_withdrawn_member_anew_may_write_a_note(two: Two, world: World) -> None:
    assert two.says(two.ana, "Somebody else's words.")[0] == 302
    contact = record_of(two.meeting, two.will).contact
    withdraw_contact(contact, reason="Wrong.", by=world.actor("case_manager"), at=NOW)
    page = two.sees(two.bea)
    assert f'name="m-{two.will.id}-note"' in page
    assert "Somebody else's words" not in page
    assert two.says(two.bea, "He told about his son.", seen=2)[0] == 302
    assert two.note == "He told about his son."
