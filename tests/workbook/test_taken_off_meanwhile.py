"""One takes a line off while the other writes in it: it stays whole, and whoever saves second is told."""

from typing import Any

import pytest
from django.test import Client

from tests.workbook.test_pages import ENGLISH, Browsers, address, form, said, text
from tests.world.cast import World
from tests.world.workbook import PROBLEMS

pytestmark = pytest.mark.django_db
FIRST, SECOND = PROBLEMS["problems"]
CHANGED = {**FIRST, "problem": "I sleep outside."}


@pytest.fixture
def peer(signed_in: Browsers) -> Client:
    return signed_in["peer_specialist", False]


@pytest.fixture
def ana(signed_in: Browsers) -> Client:
    return signed_in["case_manager", False]


def without(values: dict[str, Any], row: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if f".{row}." not in name}


def written_in(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "problems.aa11.problem": CHANGED["problem"]}


def test_who_takes_off_second_is_told_and_can_take_it_off_again(peer: Client, ana: Client, world: World) -> None:
    hers, values = (form(each.get(address(world), ENGLISH)) for each in (ana, peer))
    ana.post(address(world), written_in(hers))
    answer = peer.post(address(world), {**without(values, "aa11"), "noticed": "Much.", "mark": "ready"})
    assert answer.status_code == 422
    assert said() == {"problems": [CHANGED, SECOND], "noticed": "Much."}
    page = text(answer)
    assert "I sleep outside.<br>You took it off." in page
    assert "Here two of you wrote different things" not in page
    again = form(answer)
    assert again["problems.aa11.problem"] == ["I sleep outside."]
    assert peer.post(address(world), without(again, "aa11")).status_code == 302
    assert said()["problems"] == [SECOND]


def test_who_writes_second_is_told_and_nothing_written_is_lost(peer: Client, ana: Client, world: World) -> None:
    hers, values = (form(each.get(address(world), ENGLISH)) for each in (ana, peer))
    ana.post(address(world), without(hers, "aa11"))
    assert said()["problems"] == [SECOND]
    answer = peer.post(address(world), written_in(values))
    assert answer.status_code == 422 and "You wrote in it." in text(answer)
    assert said()["problems"] == [CHANGED, SECOND]
    assert peer.post(address(world), form(answer)).status_code == 302
    assert said()["problems"] == [CHANGED, SECOND]


def test_a_line_that_only_one_touched_goes_whole(peer: Client, ana: Client, world: World) -> None:
    hers, values = (form(each.get(address(world), ENGLISH)) for each in (ana, peer))
    ana.post(address(world), {**hers, "noticed": "Much."})
    assert peer.post(address(world), without(values, "aa11")).status_code == 302
    assert said() == {"problems": [SECOND], "noticed": "Much."}
