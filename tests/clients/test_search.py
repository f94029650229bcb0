"""Search: before somebody is added, within reach, never a dead end."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmission.audit import access
from openmission.clients import selectors
from openmission.clients.services.clients import ClientDetails
from openmission.kernel.errors import Refused
from openmission.staff.roles import EVERYONE, PRIVACY_OFFICER
from tests.world.cast import NOW, World
from tests.world.intake import refer

pytestmark = pytest.mark.django_db
BOB = ClientDetails(first_name="Robert", last_name="Quill", birth_date=date(1960, 5, 5))


def found(world: World, text: str, role: str = "supervisor", **who: Any) -> list[str]:
    return [hit.client.first_name for hit in selectors.search(world.actor(role, **who), text, at=NOW)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("Sean O'Brien", "Sean", id="as written"),
        pytest.param("obrien sean", "Sean", id="other order, no apostrophe"),
        pytest.param("o brien", "Sean", id="in two words"),
        pytest.param("SEAN", "Sean", id="capitals"),
        pytest.param("O’BRIEN", "Sean", id="curly apostrophe"),
        pytest.param("Shawn", "Sean", id="sounds alike"),
        pytest.param("bri", "Sean", id="beginning of a part"),
        pytest.param("red", "Sean", id="chosen name"),
        pytest.param("walker", "Sean", id="alias"),
        pytest.param("marin", "Luis", id="accent left out"),
        pytest.param("Marín", "Luis", id="accent written"),
        pytest.param("bob", "Robert", id="nickname"),
        pytest.param("ocean", "Ocean", id="name of one word"),
        pytest.param("4477", "Dana", id="end of a phone"),
        pytest.param("10-4477", "Dana", id="six digits"),
        pytest.param("010 4477", "Dana", id="seven digits"),
        pytest.param("+1 (555) 010-4477", "Dana", id="whole phone with country"),
        pytest.param("1986-04-02", "Dana", id="birth date"),
        pytest.param("4/2/1986", "Dana", id="birth date, American"),
        pytest.param("rivera 1986-04-02", "Dana", id="name and birth date"),
    ],
)
def test_a_person_is_found(world: World, text: str, first: str) -> None:
    refer(world, BOB, at=NOW)
    assert found(world, text)[:1] == [first]


def test_when_nobody_fits_all_words_those_who_fit_some_are_shown(world: World) -> None:
    assert "Sean" in found(world, "Sean Zimmermann")
    assert "Dana" in found(world, "rivera 1999-01-01")


@pytest.mark.parametrize("text", ["", "  ", "%", "12", "'", "zzzz"])
def test_nothing_asked_or_nobody_known_is_an_empty_answer(world: World, text: str) -> None:
    assert found(world, text) == []


def test_the_nearest_comes_first(world: World) -> None:
    for last in ("Marinelli", "Marino"):
        refer(world, ClientDetails(first_name="Lou", last_name=last), at=NOW)
    assert found(world, "luis marin")[0] == "Luis"


@pytest.mark.parametrize(
    ("role", "outsider", "text", "sees"),
    [
        pytest.param("case_manager", False, "lucia", [], id="other team"),
        pytest.param("case_manager", False, "sean", [], id="other pair's client"),
        pytest.param("case_manager", False, "luis", ["Luis"], id="own client"),
        pytest.param("case_manager", False, "ocean", ["Ocean"], id="at the team's door"),
        pytest.param("peer_specialist", False, "ocean", [], id="the door is not the peer's"),
        pytest.param("intake_worker", False, "sean", ["Sean"], id="enrolled with the team"),
        pytest.param("intake_worker", True, "nunez", ["Lucía"], id="the other team's own"),
        pytest.param("administrator", False, "luis", [], id="administrator"),
        pytest.param("privacy_officer", False, "luis", [], id="privacy officer"),
        pytest.param("program_manager", False, "luis", [], id="program manager"),
    ],
)
def test_only_who_is_in_reach_is_found(world: World, role: str, outsider: bool, text: str, sees: list[str]) -> None:
    assert found(world, text, role, outsider=outsider) == sees


def test_a_hit_says_whether_the_chart_opens(world: World) -> None:
    charts = {
        hit.client.first_name: hit.chart for hit in selectors.search(world.actor("intake_worker"), "sean", at=NOW)
    }
    assert charts == {"Sean": False}
    charts = {hit.client.first_name: hit.chart for hit in selectors.search(world.actor("supervisor"), "sean", at=NOW)}
    assert charts == {"Sean": True}


def test_who_was_shown_is_noted(world: World) -> None:
    access.begin()
    found(world, "sean")
    assert access.collected() == {world.ids["sean"]: (True, False)}


def lookalikes(world: World, name: str, birth: date | None = None, phone: str = "") -> selectors.Lookalikes:
    return selectors.lookalikes(world.actor("intake_worker"), name=name, birth_date=birth, phone=phone, at=NOW)


LUCIA_BORN = date(1990, 7, 21)


@pytest.mark.parametrize(
    ("name", "birth", "hinted"),
    [
        pytest.param("Lucía Núñez", LUCIA_BORN, True, id="name and birth date"),
        pytest.param("nunez lucia", LUCIA_BORN, True, id="other order, no accents"),
        pytest.param("Lucía Núñez", None, False, id="name alone"),
        pytest.param("Lucía Núñez", date(1990, 7, 22), False, id="another birth date"),
        pytest.param("Lucia", LUCIA_BORN, True, id="part of the name"),
        pytest.param("Luc", LUCIA_BORN, False, id="a beginning only"),
        pytest.param("Lucía Nunes", LUCIA_BORN, False, id="a name that only sounds so"),
        pytest.param("", LUCIA_BORN, False, id="birth date alone"),
    ],
)
def test_somebody_out_of_reach_is_hinted_at_only_to_who_knows_them(
    world: World, name: str, birth: date | None, hinted: bool
) -> None:
    answer = lookalikes(world, name, birth)
    assert answer.outside_id == (world.ids["lucia"] if hinted else None)
    assert "Lucía" not in [hit.client.first_name for hit in answer.hits]


@pytest.mark.parametrize(
    ("phone", "hinted"),
    [("(555) 010-8890", True), ("8890", False), ("555 010 8891", False)],
    ids=["whole", "end", "other"],
)
def test_a_phone_hints_only_when_whole(world: World, phone: str, hinted: bool) -> None:
    person = ClientDetails(first_name="Mae", last_name="Tran", phones=(("555-010-8890", ""),))
    mae = refer(world, person, at=NOW, outsider=True).client_id
    assert lookalikes(world, "Mae Tran", phone=phone).outside_id == (mae if hinted else None)


@pytest.mark.parametrize(
    ("name", "birth", "phone"),
    [
        pytest.param("Diana Ribera", date(1986, 4, 2), "", id="name misheard, same birth date"),
        pytest.param("Dayna", None, "555 010 4477", id="name misheard, same phone"),
        pytest.param("D", date(1986, 4, 2), "555 010 4477", id="an initial"),
        pytest.param("Someone Else", date(1986, 4, 2), "", id="another name, same birth date"),
        pytest.param("", date(1986, 4, 2), "", id="birth date alone"),
    ],
)
def test_before_somebody_is_added_who_may_be_the_same_is_shown(
    world: World, name: str, birth: date | None, phone: str
) -> None:
    for n in range(30):
        refer(world, ClientDetails(first_name="Diana", last_name=f"Person{n}"), at=NOW)
    assert [hit.client.full_name for hit in lookalikes(world, name, birth, phone).hits][:1] == ["Dana Rivera"]


def test_somebody_in_reach_is_a_hit_and_no_hint(world: World) -> None:
    answer = lookalikes(world, "Dana Rivera", date(1986, 4, 2))
    assert [hit.client.first_name for hit in answer.hits][:1] == ["Dana"]
    assert answer.outside_id is None


@pytest.mark.parametrize("role", [role for role in EVERYONE if role != PRIVACY_OFFICER])
def test_only_the_privacy_officer_finds_anybody_for_the_log(world: World, role: str) -> None:
    for look in (lambda who: selectors.audited_clients(who, "lucia"), lambda who: selectors.audited_names(who, set())):
        with pytest.raises(Refused):
            look(world.actor(role))


def test_the_privacy_officers_look_up_is_noted(world: World) -> None:
    access.begin()
    pia = world.actor("privacy_officer")
    only, found = selectors.audited_clients(pia, "nunez")
    assert only and found == [only]
    assert only.first_name == "Lucía"
    assert selectors.audited_clients(pia, "nunez zzzz") == (None, [only])  # not all of it fits: to be chosen
    assert list(access.collected()) == [world.ids["lucia"]]


def test_search_asks_as_often_for_many_as_for_few(world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            found(world, "quill")
        return len(captured)

    refer(world, BOB, at=NOW)
    few = queries()
    for n in range(25):
        refer(world, ClientDetails(first_name=f"Robert{n}", last_name="Quill"), at=NOW)
    assert queries() == few
