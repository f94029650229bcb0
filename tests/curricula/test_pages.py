"""The pages of the curricula: for everyone at work, in both languages; titles written by the program manager."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmission.curricula import selectors
from openmission.curricula.models import SessionTitle
from openmission.curricula.services import publish_content
from openmission.kernel.actors import SYSTEM
from openmission.staff.models import User
from tests.curricula.shipped import content_of, forget
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db
Page = Callable[..., str]


@pytest.fixture
def page(world: World) -> Iterator[Page]:
    """page("curricula:detail", "drt", role=, language=) is what that page says."""
    forget()

    def read(name: str, *args: str, role: str = "case_manager", language: str = "en") -> str:
        browser = Client()
        browser.force_login(world.staff[role])
        User.objects.filter(id=world.staff[role].id).update(language=language)
        return browser.get(reverse(name, args=args), headers={"accept-language": language}).content.decode()

    yield read
    forget()


@pytest.fixture
def manager(world: World) -> Client:
    browser = Client()
    browser.force_login(world.staff["program_manager"])
    return browser


def _missing(page: str, *said: str) -> list[str]:
    return [words for words in said if words not in page]


def test_the_list_leads_to_each_curriculum_and_names_the_worksheets(page: Page) -> None:
    told = page("curricula:list")
    links = [f'href="{reverse("curricula:detail", args=[slug])}"' for slug in ("drt", "peer")]
    assert _missing(told, *links, "13 sessions", "11 sessions", "How ready am I?", "Workbook pages 68-69") == []


def test_a_curriculum_is_shown_with_its_sessions_group_boosters_and_rules(page: Page) -> None:
    told = page("curricula:detail", "drt")
    titles = ("Onset of problems", "Developing a personal recovery plan", "Scheduling activities")
    positions = [told.index(f"{title}</a>") for title in titles]
    assert positions == sorted(positions)
    said = ("5 to 10 members", "45 to 60 minutes", "[1] Ways to Structure Group DRT Sessions", "Builds on 2.")
    rules = ("14 days after", "3 days before", "the due day", "A slip is a reason for more support.")
    assert _missing(told, *said, *rules, "Boosters in", "Offered after a slip", "Since last time") == []
    assert "These titles are not confirmed" not in told


def test_content_follows_the_language_of_the_reader(page: Page) -> None:
    told = page("curricula:session", "drt", "personal_recovery_plan", language="es")
    said = ("Hacer un plan personal de recuperación", "Recuerde", "Chequeo", "Dé un paso de su plan.", "En grupo")
    assert _missing(told, *said) == []
    assert _missing(page("curricula:detail", "peer", language="es"), "Estos títulos no están confirmados") == []


def test_a_session_is_shown_whole(page: Page) -> None:
    told = page("curricula:session", "drt", "personal_recovery_plan")
    said = ("session 4 of 13", "Explain", "A plan works best when its steps are small", "0–3", "Check-in", "50–55")
    around = ("2. Life problem areas", "3. Motivation", "5. Decisional balance")
    sheets = ("My recovery plan", "PICBA: one problem, five steps", "70-72", "CC-BY-4.0", "Our own")
    met = ("Use since last time", "No advice on doses.", "Safety steps, now.")
    assert _missing(told, *said, *around, *sheets, *met, "Tell one person you trust how it went.") == []
    assert reverse("workbook:blank", args=["recovery_plan"]) in told


def test_work_that_began_with_an_older_version_is_led_by_it(manager: Client, world: World) -> None:
    newer = content_of("curriculum", "drt") | {"version": 2}
    newer["sessions"][3]["purpose"]["en"] = "Newer words."
    publish_content("curriculum", newer, by=SYSTEM, at=NOW)
    forget()
    address = reverse("curricula:session", args=["drt", "personal_recovery_plan"])
    newest, first = (manager.get(address + asked).content.decode() for asked in ("", "?version=1"))
    assert ("Newer words." in newest, "Newer words." in first) == (True, False)
    assert "motivation/?version=1" in first and "motivation/?version" not in newest
    assert manager.get(address + "?version=7").status_code == 404


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("curricula:detail", ["dancing"]),
        ("curricula:session", ["drt", "dancing"]),
        ("curricula:agenda", ["drt", "dancing"]),
        ("curricula:outline", ["dancing"]),
        ("curricula:title", ["peer", "dancing"]),
    ],
    ids=["curriculum", "session", "agenda", "outline", "title"],
)
def test_what_is_not_there_is_not_found(manager: Client, name: str, args: list[str]) -> None:
    assert manager.get(reverse(name, args=args)).status_code == 404


def test_titles_are_marked_as_not_confirmed_and_only_the_program_manager_may_change_them(page: Page) -> None:
    change = reverse("curricula:title", args=["peer", "willingness"])
    assert _missing(page("curricula:detail", "peer"), "These titles are not confirmed") == []
    assert change not in page("curricula:detail", "peer")
    assert "not confirmed by a source" in page("curricula:session", "peer", "willingness")
    assert change in page("curricula:detail", "peer", role="program_manager")
    assert "/title/" not in page("curricula:detail", "drt", role="program_manager")


def test_a_program_manager_writes_a_title_and_puts_ours_back(page: Page, manager: Client) -> None:
    form = reverse("curricula:title", args=["peer", "willingness"])
    answer = manager.post(form, {"en": "Ready to try", "es": "Con ganas"})
    assert answer.headers["Location"] == reverse("curricula:detail", args=["peer"])
    assert _missing(page("curricula:detail", "peer"), "Ready to try</a>", "Our title: Willingness") == []
    assert "Con ganas" in page("curricula:session", "peer", "willingness", language="es")
    shown = manager.get(form).content.decode()
    assert _missing(shown, 'value="Ready to try"', 'name="en" value="Willingness"', "Put our title back") == []
    manager.post(form, {"en": "Willingness", "es": "Buena disposición"})
    assert "Our title" not in page("curricula:detail", "peer")
    assert "Put our title back" not in manager.get(form).content.decode()


def test_a_title_without_spanish_is_not_taken_and_what_was_typed_stays(manager: Client) -> None:
    answer = manager.post(reverse("curricula:title", args=["peer", "willingness"]), {"en": "Ready", "es": ""})
    assert (answer.status_code, 'value="Ready"' in answer.content.decode()) == (422, True)
    assert not SessionTitle.objects.exists()


def test_the_titles_of_the_guide_have_no_form(manager: Client) -> None:
    assert manager.get(reverse("curricula:title", args=["drt", "motivation"])).status_code == 403


def test_whose_wording_it_is_stands_on_the_page(page: Page, tmp_path: Any, settings: Any) -> None:
    settings.CONTENT_OVERLAY_DIR = tmp_path
    place = tmp_path / "curricula" / "drt" / "v1" / "03-motivation.yaml"
    place.parent.mkdir(parents=True)
    words = {"purpose": {"en": "Theirs, not ours."}}
    place.write_text(yaml.safe_dump({"licence": "Riverside Manual, by permission", "texts": words}))
    told = page("curricula:session", "drt", "motivation")
    assert _missing(told, "Theirs, not ours.", "some of it by permission: Riverside Manual, by permission") == []
    assert "by permission" not in page("curricula:session", "drt", "communication")


def test_a_page_costs_the_same_however_many_sessions(manager: Client, world: World) -> None:
    """Own titles cost one query, where there may be some."""
    counts = []
    for slug in ("drt", "peer"):
        selectors.curriculum(world.actor("program_manager"), slug)
        manager.get(reverse("curricula:detail", args=[slug]))
        with CaptureQueriesContext(connection) as asked:
            manager.get(reverse("curricula:detail", args=[slug]))
        counts.append(len(asked))
    assert counts[0] + 1 == counts[1]


def test_who_leads_a_group_reaches_the_session_and_its_agenda(world: World) -> None:
    browser = Client()
    browser.force_login(world.staff["case_manager"])
    told = browser.get(reverse("delivery:meeting", args=[world.ids["meeting"]])).content.decode()
    assert _missing(told, "/agenda/?format=group&amp;version=1", "The whole session") == []
