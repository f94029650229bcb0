"""From the list to a team's door: each person once, with why, and nobody on record twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from openmission.audit.models import Access, RecordedEvent
from openmission.clients.models import Client, Identifier
from openmission.clients.services.clients import ClientDetails, create_client
from openmission.exchange.models import HmisImport, HmisPerson, HmisRow
from openmission.exchange.services.people import CannotRefer, refer_person
from openmission.intake.models import Referral
from openmission.intake.selectors.screenings import known_facts
from openmission.intake.services.enrollments import end_enrollment
from openmission.intake.services.referrals import close_referral
from openmission.kernel.actors import SYSTEM, Seat
from openmission.kernel.errors import Refused
from openmission.staff.roles import INTAKE_WORKER
from tests.exchange.invented_export import InventedExport
from tests.world.cast import NOW, TODAY, World
from tests.world.exchange import bring
from tests.world.intake import enroll
from tests.world.intake import refer as refer_directly

pytestmark = pytest.mark.django_db


def _person(number: str) -> HmisPerson:
    return HmisPerson.objects.get(personal_id=number)


def _refer(world: World, number: str) -> Referral:
    by = world.actor("intake_worker")
    return refer_person(person_id=_person(number).id, team=world.north, by=by, at=NOW)


@pytest.fixture
def browser(world: World) -> Browser:
    browser = Browser()
    browser.force_login(world.staff["intake_worker"])
    return browser


def _tick(browser: Browser, world: World, *numbers: str, **more: str) -> "HttpResponse":  # type: ignore[name-defined]  # noqa: F821
    ids = [str(_person(number).id) for number in numbers]
    data = {"person": ids, "team": world.north.id, "back": "housing=homeless&page=1", **more}
    return browser.post(reverse("exchange:refer"), data)


NEWER = "bring a newer export"


def test_where_no_export_was_brought_the_list_says_so(world: World, browser: Browser) -> None:
    HmisPerson.objects.all().delete()
    page = browser.get("/hmis/people/").text
    assert "No export is imported yet" not in page and "Nobody in the export fits" in page
    HmisRow.objects.all().delete()
    HmisImport.objects.all().delete()
    page = browser.get("/hmis/people/").text
    assert "No export is imported yet" in page and reverse("exchange:imports") in page
    _import_in("failed")
    assert "No export is imported yet" in browser.get("/hmis/people/").text


def _import_in(state: str) -> HmisImport:
    return HmisImport.objects.create(file_name="newer.zip", state=state, report="{}", received_at=NOW, by_name="Noor")


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("checking", "An export is being imported"),
        ("importing", "An export is being imported"),
        ("needs_decision", "An import waits for a decision"),
    ],
    ids=["checking", "importing", "needs a decision"],
)
def test_while_an_import_is_under_way_the_list_leads_to_it(browser: Browser, state: str, says: str) -> None:
    HmisPerson.objects.all().delete()
    taken = _import_in(state)
    page = browser.get("/hmis/people/").text
    assert says in page and reverse("exchange:import", args=[taken.id]) in page
    assert NEWER not in page.lower()


def test_a_word_that_fits_nobody_is_told_as_that(browser: Browser) -> None:
    page = browser.get("/hmis/people/?q=Zzyzx").text
    assert "Nobody here fits “Zzyzx”" in page and "Show everybody" in page and NEWER not in page
    page = browser.get("/hmis/people/?q=Zz%26x&housing=homeless").text
    assert "“Zz&amp;x”" in page and 'href="?q=Zz%26x"' in page and NEWER not in page


def test_a_housing_status_without_anybody_says_where_to_look(browser: Browser) -> None:
    HmisPerson.objects.filter(housing="at_risk").update(matched=False)
    assert f"Look under another housing status, or {NEWER}." in browser.get("/hmis/people/?housing=at_risk").text


def test_a_referral_carries_name_number_and_why(world: World) -> None:
    referral = _refer(world, "C1")
    client = referral.client
    assert (client.full_name, client.birth_date, referral.source, referral.source_name) == (
        "Ash Invented", date(1981, 2, 3), "hmis", "INV1",
    )  # fmt: skip
    assert client.id == _person("C1").id == _person("C1").client_id
    assert list(client.identifiers.values_list("system", "value")) == [("HMIS INV1", "C1")]
    assert referral.reason.split("\n")[0] == "Mental health disorder: yes, asked 1 Jun 2025"
    kinds = RecordedEvent.objects.filter(client_id=client.id).values_list("kind", flat=True)
    assert {"clients.ClientCreated", "intake.ReferralReceived", "exchange.HmisPersonReferred"} <= set(kinds)


def test_what_the_export_says_of_each_criterion_goes_along(world: World) -> None:
    facts = known_facts(world.actor("intake_worker"), _refer(world, "C1"))
    assert [(fact.about, fact.answer, fact.kind) for fact in facts] == [
        ("mental_health", "met", "hmis_record"),
        ("substance_use", "met", "hmis_record"),
        ("homelessness", "met", "hmis_record"),
    ]
    assert {fact.day for fact in facts} == {date(2025, 12, 31)}
    of_export = "(from the HMIS export of 31 Dec 2025)"
    assert facts[0].text["en"] == f"Mental health disorder: yes, asked 1 Jun 2025 {of_export}"
    assert facts[1].text["en"].startswith("Alcohol and drug use disorder: yes")
    assert "31 dic 2025" in facts[2].text["es"]


def test_housed_determines_nothing(world: World) -> None:
    HmisPerson.objects.filter(personal_id="C1").update(housing="housed")
    facts = known_facts(world.actor("intake_worker"), _refer(world, "C1"))
    assert {fact.about: fact.answer for fact in facts}["homelessness"] == "unknown"


def test_hidden_characters_of_an_export_are_left_away(world: World) -> None:
    HmisPerson.objects.filter(personal_id="C1").update(first_name="A\x07sh\t \u202eJo", last_name="\x1b")
    assert _refer(world, "C1").client.full_name == "Ash Jo"


def test_nobody_is_referred_twice_from_the_list(world: World) -> None:
    _refer(world, "C1")
    with pytest.raises(CannotRefer, match="Ash Invented"):
        _refer(world, "C1")
    assert Referral.objects.filter(client_id=_person("C1").id).count() == 1


def test_the_number_finds_who_is_on_record_already(world: World) -> None:
    details = ClientDetails(first_name="Ashley", identifiers=(("HMIS INV1", "C1"),))
    known = create_client(details=details, by=SYSTEM, at=NOW)
    assert _refer(world, "C1").client == known
    assert _person("C1").client == known


def _known_in_the_south(world: World) -> Referral:
    """A client at the south team's door who has C1's number."""
    details = ClientDetails(first_name="Ashley", phones=(("555 010 9911", ""),), identifiers=(("HMIS INV1", "C1"),))
    return refer_directly(world, details, at=NOW, outsider=True)


def test_another_teams_client_is_not_brought_here_by_a_number(world: World, browser: Browser) -> None:
    client = _known_in_the_south(world).client
    with pytest.raises(CannotRefer, match="Another team serves"):
        _refer(world, "C1")
    page = browser.get(reverse("exchange:people"))
    assert "nother team" not in page.text  # who only looks is not told who is a client
    assert not Access.objects.filter(client_id=client.id).exists()
    assert "Ash Invented: Another team serves this person" in browser.get(_tick(browser, world, "C1", "C2").url).text
    assert Access.objects.filter(client_id=client.id, page="exchange:refer").exists()
    assert (_person("C1").client, _person("C2").client_id) == (None, _person("C2").id)
    assert list(Referral.objects.filter(client=client).values_list("team", flat=True)) == [world.south.id]
    assert browser.get(f"/clients/{client.id}/details/").status_code == 404


def test_who_takes_in_referrals_for_both_teams_refers_between_them(world: World) -> None:
    client = _known_in_the_south(world).client
    both = replace(
        world.actor("intake_worker"), seats=frozenset(Seat(INTAKE_WORKER, t.id) for t in (world.north, world.south))
    )
    referral = refer_person(person_id=_person("C1").id, team=world.north, by=both, at=NOW)
    assert (referral.client, referral.team) == (client, world.north)


def test_who_left_the_other_teams_door_is_welcome_at_ours(world: World, browser: Browser) -> None:
    south = _known_in_the_south(world)
    by = world.actor("intake_worker", outsider=True)
    close_referral(south, outcome="declined", note="Not now.", by=by, at=NOW)
    assert _refer(world, "C1").client == south.client


def test_who_ended_the_program_with_another_team_may_come_back_to_ours(world: World) -> None:
    """The tie to the team that served them stays open for its supervisor; it serves nobody."""
    person = ClientDetails(first_name="Ashley", identifiers=(("HMIS INV1", "C1"),))
    enrollment = enroll(world, person, at=NOW - timedelta(days=90), outsider=True)
    with pytest.raises(CannotRefer, match="Another team serves"):
        _refer(world, "C1")
    end_enrollment(enrollment, discharge="completed", discharged_on=TODAY, by=SYSTEM, at=NOW)
    assert _refer(world, "C1").client == enrollment.client


def test_a_hidden_name_becomes_one_that_asks_to_be_corrected(world: World) -> None:
    export = InventedExport()
    export.rows["Export"][0] |= {"SourceID": "INV2", "HashStatus": "4"}
    bring(export, world)
    person = HmisPerson.objects.get(source="INV2", personal_id="C1")
    referral = refer_person(person_id=person.id, team=world.north, by=world.actor("supervisor"), at=NOW)
    assert referral.client.full_name == "Person C1"


def test_who_has_died_or_no_longer_fits_is_not_referred(world: World) -> None:
    later = InventedExport()
    later.rows["Export"][0]["ExportEndDate"] = "2026-01-04"
    later.leave("C1", "2025-12-20", "24")
    later.disorders("C2", "2025-12-20", mental_health="0")
    bring(later, world)
    for number in ("C1", "C2"):
        with pytest.raises(CannotRefer):
            _refer(world, number)


def test_another_team_or_role_does_not_refer(world: World) -> None:
    person = _person("C1").id
    for by in (
        world.actor("intake_worker", outsider=True),
        world.actor("program_manager"),
        world.actor("case_manager"),
    ):
        with pytest.raises(Refused):
            refer_person(person_id=person, team=world.north, by=by, at=NOW)
    assert _person("C1").client is None


def test_the_list_shows_who_why_and_filters(browser: Browser, world: World) -> None:
    page = browser.get(reverse("exchange:people"))
    assert {line["person"].personal_id for line in page.context["lines"]} == {"C1", "C2", "C3"}
    assert "Entered emergency shelter on 1 Jun 2025; the night before: a place not meant for living in" in page.text
    assert "Mental health disorder: yes, asked 1 Jun 2025" in page.text and "Disabilities.csv" in page.text
    for query, found in (("q=ceDAR", 1), ("q=C2", 1), ("housing=housed", 0), ("housing=homeless&q=invented", 3)):
        assert len(browser.get(f"{reverse('exchange:people')}?{query}").context["lines"]) == found, query
    for odd in ("page=99", "page=-1", "housing=castle", "page=x"):
        assert browser.get(f"{reverse('exchange:people')}?{odd}").status_code == 200


def test_looking_at_the_list_is_written_down_for_each_person(browser: Browser, world: World) -> None:
    browser.get(reverse("exchange:people"))
    looked = Access.objects.filter(page="exchange:people", by_id=world.staff["intake_worker"].id)
    assert set(looked.values_list("client_id", flat=True)) == set(HmisPerson.objects.values_list("id", flat=True))
    _refer(world, "C1")
    officer = Browser()
    officer.force_login(world.staff["privacy_officer"])
    log = officer.get("/clients/log/").text
    assert "Saw in a list: Ash Invented" in log and "Saw 2 people in a list who are no clients" in log


def test_ticked_people_are_referred_once_however_often_it_is_sent(browser: Browser, world: World) -> None:
    answer = _tick(browser, world, "C1", "C2")
    assert (answer.status_code, answer.url) == (302, "/hmis/people/?housing=homeless&q=&page=1")
    _tick(browser, world, "C1", "C2")
    people = [_person(number).id for number in ("C1", "C2")]
    assert Referral.objects.filter(client_id__in=people, team=world.north).count() == 2
    assert browser.get(reverse("exchange:people")).text.count("Referred") == 2


def test_ticking_nobody_says_so(browser: Browser, world: World) -> None:
    answer = browser.post(
        reverse("exchange:refer"), {"team": world.north.id, "back": "next=https://elsewhere"}, follow=True
    )
    assert "Tick at least one person" in answer.text
    answer = browser.post(reverse("exchange:refer"), {"team": world.north.id, "person": "nobody"}, follow=True)
    assert "Tick at least one person" in answer.text


def test_who_may_be_on_record_is_asked_about_and_the_others_are_referred(browser: Browser, world: World) -> None:
    details = ClientDetails(first_name="Ash", last_name="Invented", birth_date=date(1981, 2, 3))
    known = refer_directly(world, details, at=NOW).client
    asked = _tick(browser, world, "C1", "C2")
    assert "The same as Ash Invented" in asked.text
    assert (_person("C1").client, _person("C2").client_id) == (None, _person("C2").id)
    answer = _tick(browser, world, "C1", **{f"who-{_person('C1').id}": str(known.id)})
    assert "open referral" in browser.get(answer.url).text
    _tick(browser, world, "C1", **{f"who-{_person('C1').id}": "new"})
    assert _person("C1").client_id == _person("C1").id != known.id


def test_a_choice_of_somebody_who_does_not_look_alike_is_not_found(browser: Browser, world: World) -> None:
    dana = Client.objects.get(first_name="Dana", last_name="Rivera")
    answer = _tick(browser, world, "C1", **{f"who-{_person('C1').id}": str(dana.id)})
    assert (answer.status_code, _person("C1").client) == (404, None)


def test_the_program_manager_looks_and_is_told_who_refers(world: World) -> None:
    browser = Browser()
    browser.force_login(world.staff["program_manager"])
    page = browser.get(reverse("exchange:people"))
    assert "Referring is for the intake workers" in page.text and 'type="checkbox"' not in page.text


def test_the_number_of_queries_does_not_grow_with_the_people(
    browser: Browser,
    world: World,
    django_assert_max_num_queries: object,
    django_assert_num_queries: object,
) -> None:
    _refer(world, "C1")
    url = reverse("exchange:people")
    browser.get(url)
    with django_assert_max_num_queries(20) as few:  # type: ignore[operator]
        browser.get(url)
    export = InventedExport()
    export.rows["Export"][0]["SourceID"] = "INV3"
    for number in range(10, 40):
        export.add("Client", PersonalID=f"C{number}", FirstName="Oak", LastName=str(number))
        export.stay(f"C{number}", "2025-06-01")
        export.disorders(f"C{number}", "2025-06-01")
    bring(export, world)
    for person in HmisPerson.objects.filter(source="INV3")[:5]:
        refer_person(person_id=person.id, team=world.north, by=world.actor("intake_worker"), at=NOW)
    with django_assert_num_queries(len(few.captured_queries)):  # type: ignore[operator]
        assert len(browser.get(url).context["lines"]) == 36
    assert Identifier.objects.filter(system="HMIS INV3").count() == 5
