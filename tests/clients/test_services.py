"""A client's details, emergency access and its review through their services."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection

from openmission.audit.models import RecordedEvent
from openmission.clients import selectors
from openmission.clients.models import BreakGlass, Client, SearchKey
from openmission.clients.services import break_glass, care_teams
from openmission.clients.services.break_glass import HOURS, FindingMissing, ReasonTooShort, ReviewedAlready
from openmission.clients.services.clients import (
    ClientDetails,
    IdentifierTaken,
    InvalidClient,
    change_client,
    create_client,
)
from openmission.kernel.actors import SYSTEM
from openmission.kernel.errors import DomainError, NotFound, Refused
from openmission.kernel.ids import new_id
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db
MAE = ClientDetails(
    first_name=" Mae ",
    last_name="Tran  Lee",
    birth_date=date(1992, 1, 9),
    phones=(("555 010 8890", "mobile"),),
    aliases=("May",),
    identifiers=(("HMIS", "P-77"),),
)
REASON = "He collapsed at our door."


def details_of(client: Client) -> ClientDetails:
    return ClientDetails(
        **{name: getattr(client, name) for name in ClientDetails("").own_fields()},
        phones=tuple(client.phones.order_by("id").values_list("number", "label")),
        aliases=tuple(client.aliases.order_by("id").values_list("name", flat=True)),
    )


def test_a_client_is_created_trimmed_and_found(world: World) -> None:
    mae = create_client(details=MAE, by=world.actor("intake_worker"), at=NOW)
    assert (mae.first_name, mae.last_name) == ("Mae", "Tran Lee")
    keys = set(SearchKey.objects.filter(client=mae).values_list("kind", "key"))
    assert {("w", "mae"), ("w", "tran"), ("w", "may"), ("p", "8890"), ("p", "0108890"), ("b", "1992-01-09")} <= keys
    event = RecordedEvent.objects.get(kind="clients.ClientCreated", client_id=mae.id)
    assert "Mae" not in str(event.data)


def test_a_retry_with_the_same_id_is_the_same_client(world: World) -> None:
    id, by = new_id(), world.actor("intake_worker")
    first = create_client(details=MAE, by=by, at=NOW, id=id)
    again = create_client(details=replace(MAE, first_name="Other"), by=by, at=NOW, id=id)
    assert (first.id, again.id, again.first_name) == (id, id, "Mae")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        pytest.param({"first_name": "  "}, "first_name", id="no name"),
        pytest.param({"birth_date": NOW.date() + timedelta(days=1)}, "birth_date", id="born tomorrow"),
        pytest.param({"birth_date": date(1899, 12, 31)}, "birth_date", id="born long ago"),
        pytest.param({"phones": (("12345", ""),)}, "phone", id="short phone"),
        pytest.param({"phones": (("1" * 16, ""),)}, "phone", id="long phone"),
        pytest.param({"phones": (("call the shelter", ""),)}, "phone", id="no phone"),
    ],
)
def test_details_that_cannot_be_right_are_refused(world: World, changed: Any, field: str) -> None:
    before = Client.objects.count()
    with pytest.raises(InvalidClient) as raised:
        create_client(details=replace(MAE, **changed), by=world.actor("intake_worker"), at=NOW)
    assert (raised.value.field, Client.objects.count()) == (field, before)


def test_a_number_elsewhere_belongs_to_one_client(world: World) -> None:
    by = world.actor("intake_worker")
    create_client(details=MAE, by=by, at=NOW)
    with pytest.raises(IdentifierTaken):
        create_client(details=replace(MAE, first_name="Moe"), by=by, at=NOW)
    assert not Client.objects.filter(first_name="Moe").exists()


@pytest.mark.parametrize("role", ["peer_specialist", "administrator", "privacy_officer", "program_manager"])
def test_who_does_not_take_people_in_creates_nobody(world: World, role: str) -> None:
    with pytest.raises(Refused):
        create_client(details=MAE, by=world.actor(role), at=NOW)


def test_a_change_says_which_fields_and_moves_the_search(world: World) -> None:
    client = Client.objects.get(id=world.ids["client"])
    wanted = replace(details_of(client), last_name="Prado", phones=(("555 010 9999", "work"),), aliases=("Lucho",))
    change_client(client, details=wanted, by=world.actor("peer_specialist"), at=NOW)
    event = RecordedEvent.objects.get(kind="clients.ClientChanged")
    assert event.data["fields"] == ["last_name", "phones", "aliases"]
    assert "Prado" not in str(event.data)
    found = {
        text: len(selectors.search(world.actor("supervisor"), text, at=NOW)) for text in ("prado", "lucho", "9999")
    }
    assert found == {"prado": 1, "lucho": 1, "9999": 1}
    assert not SearchKey.objects.filter(client=client, key="marin").exists()


def test_the_same_details_are_no_change(world: World) -> None:
    client = Client.objects.get(id=world.ids["sean"])
    change_client(client, details=details_of(client), by=world.actor("supervisor"), at=NOW)
    assert not RecordedEvent.objects.filter(kind="clients.ClientChanged").exists()


def test_details_out_of_reach_are_not_changed(world: World) -> None:
    client = Client.objects.get(id=world.ids["lucia"])
    with pytest.raises(Refused, match="not served by you"):
        change_client(client, details=details_of(client), by=world.actor("case_manager"), at=NOW)


def take(world: World, name: str = "client", reason: str = REASON, **who: Any) -> BreakGlass:
    by = world.actor(who.get("role", "case_manager"), outsider=who.get("outsider", True))
    return break_glass.break_glass(client_id=world.ids[name], reason=reason, by=by, at=NOW)


def test_emergency_access_lasts_for_hours_and_is_recorded_without_its_reason(world: World) -> None:
    taken = take(world)
    assert taken.expires_at == NOW + timedelta(hours=HOURS)
    event = RecordedEvent.objects.get(kind="clients.GlassBroken", client_id=world.ids["client"])
    assert "collapsed" not in str(event.data)


def test_pressing_twice_is_one_access(world: World) -> None:
    assert take(world) == take(world)


@pytest.mark.parametrize("reason", ["", "   ", "urgent", "x" * 9])
def test_a_reason_is_a_sentence(world: World, reason: str) -> None:
    with pytest.raises(ReasonTooShort) as raised:
        take(world, reason=reason)
    assert raised.value.field == "reason"


@pytest.mark.parametrize("role", ["intake_worker", "administrator", "privacy_officer", "program_manager"])
def test_emergency_access_is_for_people_who_give_care(world: World, role: str) -> None:
    with pytest.raises(Refused):
        take(world, role=role, outsider=role == "intake_worker")


def test_nobody_is_not_opened(world: World) -> None:
    with pytest.raises(NotFound):
        break_glass.break_glass(client_id=new_id(), reason=REASON, by=world.actor("case_manager"), at=NOW)


def test_a_review_is_written_once(world: World) -> None:
    taken, pia = take(world), world.actor("privacy_officer")
    break_glass.review_break_glass(taken, finding=" In order. ", by=pia, at=NOW)
    stored = BreakGlass.objects.get(id=taken.id)
    assert (stored.finding, stored.reviewed_at, stored.reviewed_by_id) == ("In order.", NOW, pia.id)
    with pytest.raises(ReviewedAlready):
        break_glass.review_break_glass(taken, finding="Otherwise.", by=pia, at=NOW)
    assert BreakGlass.objects.get(id=taken.id).finding == "In order."


@pytest.mark.parametrize(
    ("role", "finding", "error"),
    [("privacy_officer", "  ", FindingMissing), ("supervisor", "Fine.", Refused), ("administrator", "Fine.", Refused)],
)
def test_a_review_is_refused(world: World, role: str, finding: str, error: type[DomainError]) -> None:
    with pytest.raises(error):
        break_glass.review_break_glass(take(world), finding=finding, by=world.actor(role), at=NOW)


def test_what_waits_for_review_comes_first_come_first(world: World) -> None:
    newer, pia = take(world), world.actor("privacy_officer")
    waiting = [emergency.taken.id for emergency in selectors.break_glass_to_review(pia)]
    assert waiting == [world.ids["break_glass"], newer.id]
    break_glass.review_break_glass(newer, finding="In order.", by=pia, at=NOW)
    assert [emergency.taken.id for emergency in selectors.reviewed_break_glass(pia)] == [newer.id]
    for read in (selectors.break_glass_to_review, selectors.reviewed_break_glass):
        with pytest.raises(Refused):
            read(world.actor("supervisor"))


def stored_reason(id: Any) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, reason FROM clients_breakglass")
        return next(bytes(reason) for key, reason in cursor.fetchall() if str(key).replace("-", "") == id.hex)


def test_a_reason_is_encrypted_in_the_database(world: World) -> None:
    taken = take(world, reason="Señor Marín collapsed — ☎ 911")
    assert BreakGlass.objects.get(id=taken.id).reason == "Señor Marín collapsed — ☎ 911"
    sealed = stored_reason(taken.id)
    assert b"collapsed" not in sealed
    assert sealed != stored_reason(take(world, "sean", reason="Señor Marín collapsed — ☎ 911").id)


def test_an_encrypted_text_does_not_open_with_another_key(world: World, settings: Any, tmp_path: Path) -> None:
    taken = take(world)
    settings.FIELD_KEY_FILE = tmp_path / "field.key"
    settings.FIELD_KEY_FILE.write_text("00" * 32)
    with pytest.raises(InvalidTag):
        BreakGlass.objects.get(id=taken.id)


def test_an_encrypted_text_does_not_open_in_another_column(world: World) -> None:
    taken = take(world)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clients_breakglass SET finding = reason")
    with pytest.raises(InvalidTag):
        BreakGlass.objects.get(id=taken.id)


def test_one_worker_holds_a_role_in_an_enrollment(world: World) -> None:
    bea, enrollment = world.second_pair["case_manager"], world.ids["enrollment"]
    for _ in range(2):
        care_teams.join_care_team(
            client_id=world.ids["client"], user=bea, role="case_manager", enrollment_id=enrollment, by=SYSTEM, at=NOW
        )
    team = {m.role: m.name for m in selectors.care_teams(world.actor("supervisor"), [enrollment])[enrollment]}
    assert team == {"case_manager": "Bea Novak", "peer_specialist": "Pat Bell"}
    told = RecordedEvent.objects.filter(at=NOW, kind__startswith="clients.CareTeam").order_by("id")
    assert [row.data["user_name"] for row in told] == ["Ana Ruiz", "Bea Novak"]
