"""The homework of a meeting: the session's own words reach each member in their language, a leader's as written."""

import html

import pytest
from django.test import Client as Browser
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from openmission.clients.services.clients import ClientDetails
from openmission.delivery.rules.homework import homework_in, own_words
from openmission.intake.models import Enrollment
from tests.delivery.courses import DRT, PEER
from tests.delivery.groups import join, save
from tests.world.cast import SINCE, World
from tests.world.delivery import make_drt_group, plan
from tests.world.intake import enroll

SESSIONS = st.sampled_from([*DRT.sessions, *PEER.sessions])
LANGUAGES = st.sampled_from(["en", "es", "es-pr", "fr"])


@given(SESSIONS, LANGUAGES, LANGUAGES)
def test_the_sessions_own_words_are_said_in_each_language(session, written: str, wanted: str) -> None:  # type: ignore[no-untyped-def]
    for text in session.homework:
        said = text.es if written.startswith("es") else text.en
        spanish = wanted.startswith("es")
        assert homework_in(session, said, wanted)[0] == (text.es if spanish else text.en)
        assert homework_in(session, f" {said}\r\n", wanted)[1] == ("es" if spanish else "en")


@given(SESSIONS, LANGUAGES, st.text(max_size=60))
def test_other_words_stay_as_they_are_written(session, language: str, words: str) -> None:  # type: ignore[no-untyped-def]
    assert homework_in(None, words, language) == (words, "")
    assert homework_in(session, f"{session.homework[0].en} {words}x", language) == (
        f"{session.homework[0].en} {words}x",
        "",
    )


def test_every_session_has_homework_in_both_languages() -> None:
    assert all(text.en != text.es for each in (*DRT.sessions, *PEER.sessions) for text in each.homework)
    assert own_words(DRT.sessions[0], "") is None


def newly(world: World, first: str, language: str) -> Enrollment:
    return enroll(world, ClientDetails(first_name=first, last_name="Soto", language=language), at=SINCE)


@pytest.mark.django_db
def test_each_members_page_speaks_their_language(world: World) -> None:
    """And the meeting's page the reader's."""
    group, ana = make_drt_group(world, name="Both languages"), Browser()
    ana.force_login(world.staff["case_manager"])
    members = [newly(world, "Luz", "es"), newly(world, "Dana", "en")]
    for member in members:
        join(world, group, member)
    own = DRT.session("motivation").homework[0]
    for homework, spanish, english in ((own.en, own.es, own.en), ("Call a friend.", *["Call a friend."] * 2)):
        meeting, by = (
            plan(world, group, "motivation", days_ago=7 if homework == own.en else 1),
            world.actor("case_manager"),
        )
        save(meeting, {member.id: {} for member in members}, by, homework=homework)
        for member, words in zip(members, (spanish, english), strict=True):
            assert words in shown(ana, reverse("delivery:course", args=[member.id]))
        assert homework in shown(ana, reverse("delivery:meeting", args=[meeting.id]))
    page = shown(ana, reverse("delivery:course", args=[members[0].id]))
    assert f'<span lang="es">{own.es}' in page
    assert own.en not in page


@pytest.mark.django_db
def test_a_session_whose_own_words_hold_a_members_name_is_not_held_up(world: World) -> None:
    group, session = make_drt_group(world, name="Named like a word"), DRT.session("motivation")
    name = next(word for word in session.homework[0].en.split() if word.isalpha() and len(word) > 3).title()
    member = newly(world, name, "en")
    join(world, group, member)
    meeting, by = plan(world, group, "motivation"), world.actor("case_manager")
    saved = save(meeting, {member.id: {}}, by, homework=session.homework[0].en)
    assert saved.meeting.homework == session.homework[0].en


def shown(browser: Browser, page: str) -> str:
    answer = browser.get(page)
    assert answer.status_code == 200, page
    return html.unescape(answer.content.decode())
