"""An agency's own titles, where no source confirms ours."""

from collections.abc import Iterator
from typing import Any

import pytest

from openmission.audit.models import RecordedEvent
from openmission.curricula import selectors
from openmission.curricula.rules import Curriculum
from openmission.curricula.services import InvalidTitle, rename_session
from openmission.kernel.actors import Actor
from openmission.kernel.errors import Refused
from openmission.programs.rules import Text
from openmission.staff.roles import ROLES
from tests.curricula.shipped import forget
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def manager(world: World) -> Actor:
    return world.actor("program_manager")


@pytest.fixture
def peer(manager: Actor) -> Curriculum:
    return selectors.shipped_curriculum(manager, "peer")


def _titles(found: Curriculum) -> list[Text]:
    return [session.title for session in found.sessions]


def test_the_own_title_is_shown_and_the_shipped_one_kept(manager: Actor, peer: Curriculum) -> None:
    rename_session(peer, "willingness", en=" Ready to try ", es="Con ganas", by=manager, at=NOW)
    shown = selectors.curriculum(manager, "peer")
    assert _titles(shown) == [Text(en="Ready to try", es="Con ganas"), *_titles(peer)[1:]]
    assert selectors.shipped_curriculum(manager, "peer") == peer
    assert next(found for found in selectors.all_curricula(manager) if found.slug == "peer") == shown
    assert selectors.curriculum(manager, "drt") == selectors.shipped_curriculum(manager, "drt")


def test_writing_the_shipped_title_again_brings_it_back(manager: Actor, peer: Curriculum) -> None:
    ours = peer.session("willingness").title
    rename_session(peer, "willingness", en="Ready", es="Con ganas", by=manager, at=NOW)
    rename_session(peer, "willingness", en=ours.en, es=ours.es, by=manager, at=NOW)
    assert selectors.curriculum(manager, "peer") == peer


def test_writing_the_same_title_again_changes_nothing(manager: Actor, peer: Curriculum) -> None:
    for _ in range(2):
        rename_session(peer, "willingness", en="Ready", es="Con ganas", by=manager, at=NOW)
    told = RecordedEvent.objects.filter(kind="curricula.SessionRenamed")
    assert [(event.data["curriculum"], event.data["session"], event.by_name) for event in told] == [
        ("peer", "willingness", "Mia Hale")
    ]


@pytest.mark.parametrize("role", [role for role in ROLES if role != "program_manager"])
def test_nobody_else_writes_titles(world: World, peer: Curriculum, role: str) -> None:
    with pytest.raises(Refused, match="Program managers write the titles"):
        rename_session(peer, "willingness", en="Ready", es="Con ganas", by=world.actor(role), at=NOW)


def test_titles_that_the_guide_confirms_stay(manager: Actor) -> None:
    drt = selectors.shipped_curriculum(manager, "drt")
    with pytest.raises(Refused, match="These titles are those of the guide"):
        rename_session(drt, "motivation", en="Drive", es="Empuje", by=manager, at=NOW)


@pytest.mark.parametrize(
    ("en", "es", "field"),
    [("", "Con ganas", "en"), ("Ready", "  ", "es"), ("a" * 121, "Con ganas", "en")],
    ids=["no English", "no Spanish", "too long"],
)
def test_a_title_is_written_in_both_languages(manager: Actor, peer: Curriculum, en: str, es: str, field: str) -> None:
    with pytest.raises(InvalidTitle) as raised:
        rename_session(peer, "willingness", en=en, es=es, by=manager, at=NOW)
    assert raised.value.field == field
    assert selectors.curriculum(manager, "peer") == peer


def test_a_session_that_is_not_there_has_no_title(manager: Actor, peer: Curriculum) -> None:
    with pytest.raises(KeyError):
        rename_session(peer, "dancing", en="Dancing", es="Bailar", by=manager, at=NOW)


def test_reading_the_titles_costs_one_query(manager: Actor, django_assert_num_queries: Any) -> None:
    selectors.all_curricula(manager)
    with django_assert_num_queries(1):
        selectors.all_curricula(manager)
    with django_assert_num_queries(0):
        selectors.curriculum(manager, "drt")
