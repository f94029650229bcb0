"""The other pages of care: a contact and its correction, appointments, due lines, phases, hand-over."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.formats import date_format

from openmission.audit.models import RecordedEvent
from openmission.care.models import Appointment, Contact, Deferral, HandoverNote, PhaseReview
from openmission.kernel.ids import new_id
from openmission.staff.models import User
from openmission.staff.services import cover
from tests.care.people import log, luis, rosa
from tests.world.care import PUT_OFF, plan
from tests.world.cast import NOW, TODAY, World

pytestmark = pytest.mark.django_db
NOTHING_LEFT = "There is nothing to take back any more."
DAY = timedelta(days=1)


@pytest.fixture
def ana(signed_in: dict[tuple[str, bool], Client]) -> Client:
    return signed_in["case_manager", False]


@pytest.fixture
def pat(signed_in: dict[tuple[str, bool], Client]) -> Client:
    return signed_in["peer_specialist", False]


def errors(answer: Any, form: str = "form") -> set[str]:
    """The fields with an error on a page that was sent back, each error told on the page."""
    assert answer.status_code == 422
    page = answer.content.decode().replace("&#x27;", "'")
    assert "error-summary" in page
    assert all(text in page for texts in answer.context[form].errors.values() for text in texts)
    return set(answer.context[form].errors)


class TestContact:
    def test_it_says_who_what_and_by_whom(self, world: World, pat: Client) -> None:
        page = pat.get(f"/contacts/{world.ids['contact']}/").content.decode()
        for words in ("Contact with Luis M.", "Pine Street", "Ana Ruiz", "Pat Bell", "Peer support specialist"):
            assert words in page

    def test_a_correction_shows_what_it_said_before(self, world: World, ana: Client) -> None:
        contact = log(world, luis(world), note="The first words")
        url = f"/contacts/{contact.id}/"
        form = ana.get(f"{url}correct/").context["form"]
        sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
        sent |= {"day": f"{sent['day']:%Y-%m-%d}", "time": f"{sent['time']:%H:%M}", "slip": ""}
        assert ana.post(f"{url}correct/", sent).status_code == 302
        assert not Contact.objects.get(id=contact.id).corrected_at
        assert ana.post(f"{url}correct/", sent | {"note": "Better words", "minutes": "30"}).status_code == 302
        page = ana.get(url).content.decode()
        for words in ("The first words", "Better words", "45 minutes", "30 minutes"):
            assert words in page
        assert f'data-draft-saved="correct:{contact.id}"' in page

    def test_a_second_correction_is_told_apart(self, world: World, ana: Client) -> None:
        contact = log(world, luis(world), note="one")
        form = ana.get(f"/contacts/{contact.id}/correct/").context["form"]
        sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
        sent |= {"day": f"{sent['day']:%Y-%m-%d}", "time": f"{sent['time']:%H:%M}", "slip": ""}
        for note in ("two", "three"):
            ana.post(f"/contacts/{contact.id}/correct/", sent | {"note": note})
        corrections = ana.get(f"/contacts/{contact.id}/").context["page"].corrections
        assert [[(c.before, c.after) for c in row.changes] for row in corrections] == [
            [("two", "three")],
            [("one", "two")],
        ]

    def test_a_wrong_correction_keeps_what_was_typed(self, world: World, ana: Client) -> None:
        contact = log(world, luis(world))
        answer = ana.post(f"/contacts/{contact.id}/correct/", {"outcome": "met", "note": "Typed", "own_minutes": "x"})
        assert {"mode", "own_minutes", "day"} <= errors(answer)
        assert answer.context["form"]["note"].value() == "Typed"

    def test_who_may_not_correct_sees_why(self, world: World, pat: Client) -> None:
        contact = log(world, luis(world))
        assert "corrected by who recorded it" in pat.get(f"/contacts/{contact.id}/").content.decode()
        assert pat.get(f"/contacts/{contact.id}/correct/").status_code == 403


class TestAppointment:
    def sent(self, world: World, **changed: Any) -> dict[str, Any]:
        given = {"id": str(new_id()), "who": f"e:{luis(world).id}", "next_day": "2026-11-25", "next_time": "10:30"}
        given |= {"mode": "in_person", "place": "home", "minutes": "45", "component": "housing"}
        return given | {"staff": [str(world.staff["case_manager"].id)]} | changed

    def test_it_is_made_once(self, world: World, ana: Client) -> None:
        data = self.sent(world)
        for _ in range(2):
            assert ana.post("/appointments/new/", data).status_code == 302
        made = Appointment.objects.get(id=data["id"])
        assert (made.at.isoformat(), made.place) == ("2026-11-25T15:30:00+00:00", "home")

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"who": ""}, "who"),
            ({"next_day": ""}, "next_day"),
            ({"next_day": "2026-11-20"}, "next_day"),
            ({"next_time": "noon"}, "next_time"),
            ({"minutes": "", "own_minutes": "999"}, "minutes"),
            ({"component": "justice"}, "component"),
            ({"staff": ["x"]}, "staff"),
            ({"id": "x"}, "id"),
        ],
        ids=lambda value: "-".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else value,
    )
    def test_bad_input_is_told(self, world: World, ana: Client, changed: dict[str, Any], field: str) -> None:
        before, data = Appointment.objects.count(), self.sent(world, **changed)
        answer = ana.post("/appointments/new/", data)
        assert errors(answer) == {field}
        assert Appointment.objects.count() == before
        assert {n: answer.context["form"][n].value() for n in data if n != "id"} == {
            n: value for n, value in data.items() if n != "id"
        }

    def test_it_is_moved_and_cancelled_with_a_reason(self, world: World, ana: Client) -> None:
        appointment = plan(world, luis(world), hours=30)
        url = f"/appointments/{appointment.id}/"
        moved = {"next_day": "2026-11-27", "next_time": "09:00", "reason": ""}
        assert errors(ana.post(f"{url}move/", moved)) == {"reason"}
        assert errors(ana.post(f"{url}cancel/", {"reason": " "})) == {"reason"}
        assert ana.post(f"{url}move/", moved | {"reason": "He works."}).status_code == 302
        assert "He works." in ana.get(url).content.decode()
        answer = ana.post(f"{url}cancel/", {"reason": "Too late"})
        assert errors(answer) == {"__all__"}
        assert "moved to another day" in answer.content.decode()

    def test_a_planned_one_leads_to_its_record(self, world: World, ana: Client) -> None:
        page = ana.get(f"/appointments/{world.ids['appointment']}/").content.decode()
        assert f"/contacts/new/?appointment={world.ids['appointment']}" in page


class TestDueLine:
    def url(self, world: World, what: str, key: str = PUT_OFF) -> str:
        return f"/due/{luis(world).id}/{key}/{what}/"

    def test_it_is_put_off_and_taken_back(self, world: World, ana: Client) -> None:
        answer = ana.post(self.url(world, "later"), {"until": "2026-11-26", "reason": "He has court."})
        assert answer.status_code == 302
        deferral = Deferral.objects.get(item_key=PUT_OFF, undone_at=None)
        assert (deferral.reason, deferral.until_on.isoformat()) == ("He has court.", "2026-11-26")
        assert "Taken back." in ana.post(self.url(world, "undo"), follow=True).content.decode()
        assert not Deferral.objects.filter(item_key=PUT_OFF, undone_at=None).exists()
        assert NOTHING_LEFT in ana.post(self.url(world, "undo"), follow=True).content.decode()

    @pytest.mark.parametrize(("days", "left"), [(1, False), (0, True), (-3, True)], ids=["tomorrow", "today", "over"])
    def test_a_word_whose_day_has_come_is_over(self, world: World, ana: Client, days: int, left: bool) -> None:
        ana.post(self.url(world, "later"), {"until": "2026-11-26", "reason": "He has court."})
        Deferral.objects.filter(item_key=PUT_OFF).update(until_on=TODAY + timedelta(days=days))
        page = ana.post(self.url(world, "undo"), follow=True).content.decode()
        assert (NOTHING_LEFT in page, "Taken back." in page) == (left, not left)
        assert RecordedEvent.objects.filter(kind="care.DeferralUndone").exists() is not left

    @pytest.mark.parametrize("what", ["later", "hand"])
    @pytest.mark.parametrize(
        "place",
        [('id="messages"', "<h1"), ('<li class="line due', "</main>")],
        ids=["in the message", "on the line"],
    )
    def test_where_it_was_done_it_can_be_taken_back(
        self, world: World, pat: Client, what: str, place: tuple[str, str]
    ) -> None:
        """With nothing but the form that stands there, its token included."""
        back, undo = f"/clients/{world.ids['client']}/", self.url(world, "undo")
        sent = {"to": str(world.staff["case_manager"].id), "until": "2026-11-26", "reason": "Court.", "next": back}
        page = pat.post(self.url(world, what), sent, follow=True).content.decode()
        part = (
            page[page.index(place[0]) : page.index(place[1])].partition(f'action="{undo}"')[2].partition("</form>")[0]
        )
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', part))
        assert hidden["next"] == back and "Take it back" in part
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = pat.cookies
        assert strict.post(undo, {"next": back}).status_code == 403
        assert strict.post(undo, hidden).headers["Location"] == back
        assert not Deferral.objects.filter(item_key=PUT_OFF, undone_at=None).exists()
        assert undo not in pat.get(back).content.decode()

    def test_an_old_button_does_not_take_back_what_was_said_since(self, world: World, ana: Client, pat: Client) -> None:
        ana.post(self.url(world, "later"), {"until": "2026-11-26", "reason": "He has court."})
        first = Deferral.objects.get(item_key=PUT_OFF, undone_at=None)
        Deferral.objects.filter(id=first.id).update(at=NOW - timedelta(hours=1))
        sent = {"to": str(world.staff["case_manager"].id), "until": "2026-11-26", "reason": "Court."}
        pat.post(self.url(world, "hand"), sent)
        old = {"said": (NOW - timedelta(hours=1)).isoformat()}
        assert "again since" in ana.post(self.url(world, "undo"), old, follow=True).content.decode()
        assert Deferral.objects.get(item_key=PUT_OFF, undone_at=None).kind == "handed"

    def test_it_is_handed_to_the_partner(self, world: World, ana: Client) -> None:
        pat = world.staff["peer_specialist"]
        sent = {"to": str(pat.id), "until": "2026-11-26", "reason": "I am in court."}
        assert ana.post(self.url(world, "hand"), sent).status_code == 302
        assert Deferral.objects.get(item_key=PUT_OFF, undone_at=None).to_user == pat

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"until": ""}, "until"),
            ({"until": "2027-11-26"}, "until"),
            ({"until_on": "2027-11-26"}, "until_on"),
            ({"until_on": "someday"}, "until_on"),
            ({"reason": " "}, "reason"),
            ({"to": ""}, "to"),
            ({"to": "ben"}, "to"),
        ],
        ids=lambda value: "-".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else value,
    )
    def test_bad_input_is_told(self, world: World, ana: Client, changed: dict[str, Any], field: str) -> None:
        ben = world.second_pair["peer_specialist"].id
        sent = {"to": str(world.staff["peer_specialist"].id), "until": "2026-11-26", "reason": "Because"}
        sent |= {name: str(ben) if value == "ben" else value for name, value in changed.items()}
        for what in ("later", "hand")[field == "to" :]:
            answer = ana.post(self.url(world, what), sent)
            assert errors(answer) == {field}
            assert answer.context["form"]["reason"].value() == sent["reason"]

    @pytest.mark.parametrize("key", ["review:fourth", "contact:", "appointment:7", "%00"])
    def test_a_forged_key_is_not_found(self, world: World, ana: Client, key: str) -> None:
        for what in ("later", "hand"):
            answer = ana.post(self.url(world, what, key))
            assert answer.status_code == 404 and "This is no longer due." in answer.content.decode()
        assert NOTHING_LEFT in ana.post(self.url(world, "undo", key), follow=True).content.decode()
        assert ana.post(self.url(world, "undo", "../../x")).status_code == 404

    def test_the_way_back_stays_in_the_house(self, world: World, ana: Client) -> None:
        sent = {"until": "2026-11-26", "reason": "Because"}
        for asked, leads in (
            ("/contacts/new/", "/contacts/new/"),
            ("https://elsewhere.example/", "/"),
            ("//x.example", "/"),
            ("nowhere", "/"),
        ):
            assert ana.post(self.url(world, "later"), sent | {"next": asked}).headers["Location"] == leads


class TestPhases:
    def test_a_look_back_moves_on(self, world: World, ana: Client) -> None:
        enrollment = rosa(world)
        url = f"/enrollments/{enrollment.id}/review/"
        page = ana.get(url)
        assert page.context["page"].current[0] == "Transition to community"
        assert [value for value, _words in page.context["form"].fields["choice"].choices] == [
            "planned",
            "other_day",
            "stay",
        ]
        sent = {"phase": "transition", "choice": "planned", "note": "She has a room."}
        assert errors(ana.post(url, sent | {"choice": "other_day", "note": ""})) == {"ends_on", "note"}
        assert ana.post(url, sent).status_code == 302
        assert ana.get(url).context["page"].current[0] == "Try-out"
        assert PhaseReview.objects.get(enrollment=enrollment).note == "She has a room."

    def test_the_last_phase_ends_with_a_plan_then_the_program(self, world: World, ana: Client) -> None:
        enrollment = rosa(world)
        url = f"/enrollments/{enrollment.id}/review/"
        for phase in ("transition", "try_out", "transfer"):
            sent = {"phase": phase, "choice": "planned", "note": "Seen."}
            assert ana.post(url, sent).status_code == 302
        page = ana.get(url).content.decode()
        assert f"/enrollments/{enrollment.id}/discharge/" in page
        assert "side by side" in ana.get(f"/enrollments/{enrollment.id}/discharge/").content.decode()
        assert "My own words" in ana.post(url, sent | {"note": "My own words"}).content.decode()

    def test_a_colleague_who_was_quicker_is_told_and_nothing_lands_in_the_next_phase(
        self, world: World, ana: Client, pat: Client
    ) -> None:
        enrollment = rosa(world)
        url = f"/enrollments/{enrollment.id}/review/"
        sent = {"phase": "transition", "choice": "planned", "note": "Ana's"}
        assert ana.post(url, sent).status_code == 302
        answer = pat.post(url, sent | {"note": "Pat's"})
        assert errors(answer) == {"__all__"}
        assert answer.context["form"]["note"].value() == "Pat's"
        assert [row.note for row in PhaseReview.objects.filter(enrollment=enrollment)] == ["Ana's"]

    def test_pages_name_the_last_day_and_choices_the_first_of_what_follows(self, world: World, ana: Client) -> None:
        enrollment = rosa(world)
        first, _second, last = enrollment.phases.order_by("position")
        url = f"/enrollments/{enrollment.id}/"
        end, day_after = (f"– {date_format(row.ends_on - DAY, 'j M Y')} " for row in (first, last)), first.ends_on
        review, discharge = (ana.get(f"{url}{page}/") for page in ("review", "discharge"))
        for words in end:
            assert words in review.content.decode() and words in discharge.content.decode()
        assert f"– {date_format(first.ends_on - DAY, 'D j M Y')}</dd>" in review.content.decode()
        assert f" to {date_format(last.ends_on - DAY, 'j M Y')}" in ana.get(url).content.decode()
        form = review.context["form"]
        assert form.initial["ends_on"] == day_after
        words = dict(form.fields["choice"].choices)
        assert words["planned"] == f"Move on to Try-out on {date_format(day_after, 'D j M')}, as planned"
        assert words["stay"] == "Stay longer in Transition to community, and move on to Try-out on the day below"

    def test_who_stays_longer_stays_until_the_day_before_the_next_phase(self, world: World, ana: Client) -> None:
        enrollment = rosa(world)
        ends_on = enrollment.phases.get(slug="transition").ends_on + 14 * DAY
        sent = {"phase": "transition", "choice": "stay", "ends_on": ends_on.isoformat(), "note": "More time."}
        assert ana.post(f"/enrollments/{enrollment.id}/review/", sent).status_code == 302
        page = ana.get(f"/clients/{enrollment.client_id}/").content.decode()
        last_on = date_format(ends_on - DAY, "j M Y")
        assert f"staying until {last_on}." in page and f"The last day of a phase is now {last_on}." in page

    def test_staying_needs_a_later_day(self, world: World, ana: Client) -> None:
        url = f"/enrollments/{rosa(world).id}/review/"
        sent = {"phase": "transition", "choice": "stay", "ends_on": TODAY.isoformat(), "note": "More time."}
        assert errors(ana.post(url, sent)) == {"ends_on"}

    @pytest.mark.parametrize(
        ("how", "words"),
        [("completed", "has finished MISSION"), ("died", "We are sorry"), ("moved", "The door stays open")],
        ids=["finished", "died", "moved"],
    )
    def test_the_end_is_said_with_care(self, world: World, ana: Client, how: str, words: str) -> None:
        enrollment = rosa(world)
        url = f"/enrollments/{enrollment.id}/discharge/"
        assert "the door stays open" in ana.get(url).content.decode()
        assert errors(ana.post(url, {"discharge": "", "discharged_on": "x", "note": ""})) == {
            "discharge",
            "discharged_on",
            "note",
        }
        answer = ana.post(url, {"discharge": how, "discharged_on": TODAY.isoformat(), "note": "Well."})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
        assert words in ana.get("/staff/me/").content.decode()
        assert ana.get(url).status_code == 404


class TestHandover:
    def test_the_absent_colleague_writes_and_who_covers_reads(self, world: World, ana: Client) -> None:
        people = {"absent": world.staff["peer_specialist"], "covering": world.second_pair["peer_specialist"]}
        away = cover.arrange_cover(
            **people, starts_on=TODAY, ends_on=TODAY + DAY, reason="", by=world.actor("supervisor"), at=NOW
        )
        url, ben = f"/cover/{away.id}/notes/", Client()
        ben.force_login(User.objects.get(id=world.second_pair["peer_specialist"].id))
        pat = Client()
        pat.force_login(world.staff["peer_specialist"])
        name = str(luis(world).id)
        assert pat.post(url, {name: "Walks only after dark."}).status_code == 302
        page = ben.get(url).content.decode()
        assert "Walks only after dark." in page
        assert "<textarea" not in page
        assert ben.post(url, {name: "Mine"}).status_code == 302
        assert HandoverNote.objects.get(cover=away).note == "Walks only after dark."
        too_long = pat.post(url, {name: "a" * 20_001})
        assert errors(too_long) == {name}
        assert too_long.context["form"][name].value() == "a" * 20_001
