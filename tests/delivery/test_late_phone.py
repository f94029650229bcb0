"""A phone that sends late: what cannot be saved any more is told and kept in the form, and what worries is heard."""

import html
from typing import Any

import pytest
from django.test import Client as Browser

from openmission.care.models import SafetyConcern
from openmission.care.services.safety import take_safety_steps
from openmission.care.services.withdrawals import withdraw_contact
from openmission.delivery.models import Delivery, GroupMeeting, GroupMember
from openmission.intake.models import Enrollment
from tests.delivery.groups import record_of, with_members
from tests.durability.test_rounds import chosen, members, said
from tests.world.cast import NOW, TODAY, World
from tests.world.delivery import plan

pytestmark = pytest.mark.django_db


class Late:
    """Pat has the round of a meeting before him; then something happens, and he sends it."""

    def __init__(self, world: World):
        self.world = world
        group, (self.will, self.grace) = with_members(world, 2)
        self.meeting: GroupMeeting = plan(world, group, "motivation")
        self.run = f"/meetings/{self.meeting.id}/run/"
        self.pat = self.browser("peer_specialist")
        self.before = self.page(self.pat)

    def browser(self, role: str) -> Browser:
        found = Browser()
        found.force_login(self.world.staff[role])
        return found

    def page(self, browser: Browser) -> str:
        return html.unescape(browser.get(self.run).content.decode())

    def withdrawn(self, who: Enrollment) -> None:
        """Ana records it, and withdraws what was about one of them."""
        ana = self.browser("case_manager")
        assert ana.post(self.run, said(self.page(ana), mood=9, attendance="present")).status_code == 302
        contact = record_of(self.meeting, who).contact
        withdraw_contact(contact, reason="Somebody else's.", by=self.world.actor("case_manager"), at=NOW)

    def left(self, who: Enrollment) -> None:
        GroupMember.objects.filter(enrollment=who).update(left_on=TODAY)

    def sends(self, page: str, **more: Any) -> tuple[int, str]:
        """With words and a worrying answer about Will; `more` of him."""
        sent = said(page, attendance="present") | {f"m-{self.grace.id}-mood": "9", f"m-{self.will.id}-mood": "1"}
        sent |= {f"m-{self.will.id}-note": "Wants a bed."} | {f"m-{self.will.id}-{k}": v for k, v in more.items()}
        answer = self.pat.post(self.run, sent)
        return answer.status_code, html.unescape(answer.content.decode())


@pytest.fixture
def late(world: World) -> Late:
    return Late(world)


def test_a_record_that_was_withdrawn_meanwhile_is_told_and_recorded_anew_when_sent_again(late: Late) -> None:
    late.withdrawn(late.will)
    status, page = late.sends(late.before)
    assert (status, page.count("A colleague withdrew this record:")) == (422, 1)
    assert (chosen(page, f"m-{late.will.id}-mood"), "Wants a bed." in page) == ("1", True)
    assert SafetyConcern.objects.get(enrollment=late.will).because == ["low_mood"]
    assert late.sends(page)[0] == 302
    assert record_of(late.meeting, late.will).contact.note == "Wants a bed."


def test_a_withdrawn_record_of_which_nothing_new_is_said_needs_no_word(late: Late) -> None:
    ana = late.browser("case_manager")
    assert ana.post(late.run, said(late.page(ana), mood=9, attendance="present")).status_code == 302
    before = late.page(late.pat)
    by = late.world.actor("case_manager")
    withdraw_contact(record_of(late.meeting, late.will).contact, reason="Wrong.", by=by, at=NOW)
    assert late.pat.post(late.run, said(before)).status_code == 302


def test_of_who_left_meanwhile_it_is_told_that_nothing_is_saved(late: Late) -> None:
    """The others are; and once they are brought in again the same answers are saved."""
    late.left(late.will)
    status, page = late.sends(late.before)
    assert (status, page.count("They left the group meanwhile: nothing of them is saved.")) == (422, 1)
    assert (chosen(page, f"m-{late.will.id}-mood"), "Wants a bed." in page) == ("1", True)
    assert SafetyConcern.objects.filter(enrollment=late.will).exists()
    assert [row.enrollment_id for row in Delivery.objects.filter(meeting=late.meeting)] == [late.grace.id]
    assert late.pat.post(f"/meetings/{late.meeting.id}/came/", {"enrollment": [str(late.will.id)]}).status_code == 302
    assert late.sends(page)[0] == 302
    assert record_of(late.meeting, late.will).exam.mood == 1


def test_the_same_form_again_opens_no_steps_that_were_closed(late: Late) -> None:
    late.left(late.will)
    late.sends(late.before)
    steps = SafetyConcern.objects.get(enrollment=late.will)
    by = late.world.actor("supervisor")
    take_safety_steps(steps, steps=(), note="Met today.", why="All is well.", close=True, by=by, at=NOW)
    late.sends(late.before)
    steps = SafetyConcern.objects.get(enrollment=late.will)  # the one and only
    assert steps.closed_at


def test_nobody_but_who_left_is_told_and_the_meeting_is_not_held(late: Late) -> None:
    late.left(late.will)
    page = late.before
    sent = said(page) | {f"m-{late.will.id}-worried": "on", f"m-{late.will.id}-attendance": "present"}
    answer = late.pat.post(late.run, sent)
    assert answer.status_code == 422
    assert "Note: “nothing”" not in html.unescape(answer.content.decode())
    assert SafetyConcern.objects.get(enrollment=late.will).because == ["worried"]
    late.meeting.refresh_from_db()
    assert late.meeting.state == GroupMeeting.State.PLANNED


def test_who_left_with_nothing_said_is_not_shown(late: Late) -> None:
    late.left(late.will)
    assert late.pat.post(late.run, said(late.before) | {f"m-{late.grace.id}-mood": "9"}).status_code == 302


def test_nobody_gets_at_a_client_who_was_never_in_the_group(late: Late) -> None:
    other = Enrollment.objects.exclude(id__in=[late.will.id, late.grace.id]).first()
    assert other is not None
    before = list(SafetyConcern.objects.filter(enrollment=other).values("id", "because"))
    sent = said(late.before, mood=9) | {f"m-{other.id}-mood": "1", f"m-{other.id}-worried": "on"}
    assert late.pat.post(late.run, sent).status_code == 302
    assert members(late.page(late.pat)) == sorted([str(late.will.id), str(late.grace.id)])
    assert list(SafetyConcern.objects.filter(enrollment=other).values("id", "because")) == before
