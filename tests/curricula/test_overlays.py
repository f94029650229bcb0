"""An agency's licensed wording lies over ours: what it names is replaced, everything else stays to the letter."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import asdict
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from openmission.curricula import selectors
from openmission.curricula.models import PublishedContent
from openmission.curricula.rules import InvalidOverlay, overlaid, parse_curriculum
from openmission.curricula.services import publish_content
from openmission.kernel.actors import SYSTEM
from tests.curricula.shipped import content_of, forget

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
PERMISSION = "Words of the Riverside Manual, used by written permission of 4 May 2026"
SESSION = "curricula/drt/v1/04-personal_recovery_plan.yaml"
MANIFEST = "curricula/drt/v1/manifest.yaml"
SHEET = "worksheets/readiness_rulers/v1.yaml"
CHECKLIST = "checklists/safety/v1.yaml"
Overlay = Callable[..., None]


@pytest.fixture
def overlay(tmp_path: Path, settings: Any) -> Iterator[Overlay]:
    """overlay(place, {text: words}) lays words there; what ships is published."""
    settings.CONTENT_OVERLAY_DIR = tmp_path / "overlay"
    for kind, slug in (("curriculum", "drt"), ("worksheet", "readiness_rulers"), ("checklist", "safety")):
        publish_content(kind, content_of(kind, slug), by=SYSTEM, at=AT)

    def lay(place: str, texts: Any, licence: str = PERMISSION, **more: Any) -> None:
        path: Path = settings.CONTENT_OVERLAY_DIR / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump({"licence": licence, "texts": texts, **more}))
        forget()

    forget()
    yield lay
    forget()


def _ours() -> dict[str, Any]:
    return asdict(parse_curriculum(content_of("curriculum", "drt")))


def _shown() -> dict[str, Any]:
    return asdict(selectors.curriculum(SYSTEM, "drt"))


def test_named_texts_of_a_session_are_replaced_and_the_rest_is_ours_to_the_letter(overlay: Overlay) -> None:
    overlay(
        SESSION,
        {
            "title": {"en": "Your plan", "es": "Su plan"},
            "prompts/3/text": {"en": "Ask the room."},
            "group/1/text": {"es": "Bienvenidos."},
        },
    )
    expected = deepcopy(_ours())
    plan = expected["sessions"][3]
    plan["title"] = {"en": "Your plan", "es": "Su plan"}
    plan["prompts"][2]["text"]["en"] = "Ask the room."
    plan["group"][0]["text"]["es"] = "Bienvenidos."
    plan["licence"], plan["permission"] = f"CC-BY-4.0; {PERMISSION}", PERMISSION
    assert _shown() == expected


def test_the_manifest_is_replaced_and_its_sessions_are_not(overlay: Overlay) -> None:
    overlay(MANIFEST, {"summary": {"es": "Otro resumen."}, "due_rules/make_up/text": {"en": "Make it up."}})
    expected = deepcopy(_ours())
    expected["summary"]["es"] = "Otro resumen."
    expected["due_rules"]["make_up"]["text"]["en"] = "Make it up."
    expected["licence"], expected["permission"] = f"CC-BY-4.0; {PERMISSION}", PERMISSION
    assert _shown() == expected


def test_a_worksheet_and_a_checklist_are_replaced_by_the_slugs_in_them(overlay: Overlay) -> None:
    ours = selectors.worksheet(SYSTEM, "readiness_rulers")
    overlay(SHEET, {"fields/rulers/columns/importance/scale/low": {"en": "not one bit"}})
    overlay(CHECKLIST, {"title": {"en": "Stay safe"}})
    shown = selectors.worksheet(SYSTEM, "readiness_rulers")
    importance = shown.field("rulers").columns[0].scale
    assert importance and (importance.low_means.en, importance.low_means.es) == ("not one bit", "nada")
    assert (shown.fields[0].columns[1:], shown.intro) == (ours.fields[0].columns[1:], ours.intro)
    assert (shown.licence, shown.permission) == (f"CC-BY-4.0; {PERMISSION}", PERMISSION)
    assert selectors.checklist(SYSTEM, "safety").title.en == "Stay safe"


def test_without_the_folder_ours_is_back_and_what_was_published_never_changed(overlay: Overlay, settings: Any) -> None:
    published = list(PublishedContent.objects.order_by("id").values_list("sha256", "content"))
    overlay(SESSION, {"purpose": {"en": "Theirs."}})
    assert _shown()["sessions"][3]["purpose"]["en"] == "Theirs."
    assert list(PublishedContent.objects.order_by("id").values_list("sha256", "content")) == published
    (settings.CONTENT_OVERLAY_DIR / SESSION).unlink()
    forget()
    assert _shown() == _ours()


def test_the_content_that_lies_below_stays_as_it_is() -> None:
    data = content_of("worksheet", "picba")
    overlaid(data, {"licence": PERMISSION, "texts": {"title": {"en": "Theirs"}}})
    assert data == content_of("worksheet", "picba")


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        pytest.param({"porpoise": {"en": "x"}}, "porpoise: there is no such text", id="a misspelt text"),
        pytest.param({"prompts/99/text": {"en": "x"}}, "prompts/99/text: there is no such text", id="a missing prompt"),
        pytest.param({"prompts/0/text": {"en": "x"}}, "prompts/0/text: there is no such text", id="counted from zero"),
        pytest.param({"prompts/1": {"en": "x"}}, "prompts/1: there is no such text", id="a row is no text"),
        pytest.param({"group/1/minutes": {"en": "9"}}, "group/1/minutes: there is no such text", id="minutes"),
        pytest.param({"worksheets": {"en": "x"}}, "worksheets: there is no such text", id="structure"),
        pytest.param({"source/at": {"en": "x"}}, "source/at: there is no such text", id="where it comes from"),
        pytest.param({"purpose": {"fr": "x"}}, "purpose: give words for en, es or both", id="another language"),
        pytest.param({"purpose": {"en": " "}}, "purpose: give words", id="empty words"),
        pytest.param({"purpose": {}}, "purpose: give words", id="no words"),
        pytest.param({"purpose": "x"}, "purpose: give words", id="no language"),
        pytest.param(["purpose"], "holds licence and texts, and nothing else", id="a list"),
    ],
)
def test_what_is_no_text_of_ours_is_refused_with_its_place(overlay: Overlay, texts: Any, says: str) -> None:
    overlay(SESSION, texts)
    with pytest.raises(InvalidOverlay, match=f"overlay/{SESSION}: .*{says}"):
        selectors.curriculum(SYSTEM, "drt")
    with pytest.raises(CommandError, match=f"overlay/{SESSION}: .*{says}"):
        call_command("load_curricula", stdout=StringIO())


@pytest.mark.parametrize("licence", ["", "  ", None, 7], ids=["empty", "blanks", "none", "a number"])
def test_words_without_a_permission_are_refused(overlay: Overlay, licence: Any) -> None:
    overlay(SESSION, {"purpose": {"en": "Theirs."}}, licence)
    with pytest.raises(InvalidOverlay, match="name the permission"):
        selectors.curriculum(SYSTEM, "drt")


def test_nothing_but_words_and_their_licence_is_taken(overlay: Overlay) -> None:
    overlay(SESSION, {"purpose": {"en": "Theirs."}}, worksheets=["picba"])
    with pytest.raises(InvalidOverlay, match="licence and texts, and nothing else"):
        selectors.curriculum(SYSTEM, "drt")


@pytest.mark.parametrize("words", ["", "texts: [", "- purpose", "purpose"], ids=["empty", "no YAML", "list", "words"])
def test_a_file_that_is_no_overlay_is_refused(overlay: Overlay, settings: Any, words: str) -> None:
    overlay(SESSION, {})
    (settings.CONTENT_OVERLAY_DIR / SESSION).write_text(words)
    with pytest.raises(InvalidOverlay, match=f"overlay/{SESSION}: "):
        selectors.curriculum(SYSTEM, "drt")


@pytest.mark.parametrize(
    "place",
    ["curricula/drt/v1/04-recovery_plan.yaml", "worksheets/picba/v9.yaml", "programs/mission/v1.yaml", "picba.yaml"],
)
def test_a_file_that_lies_over_nothing_is_told(overlay: Overlay, place: str) -> None:
    overlay(place, {"title": {"en": "x"}})
    with pytest.raises(CommandError, match=f"overlay/{place}: there is nothing at this place"):
        call_command("load_curricula", stdout=StringIO())


def test_load_curricula_takes_a_good_overlay(overlay: Overlay) -> None:
    overlay(SESSION, {"purpose": {"en": "Theirs."}})
    said = StringIO()
    call_command("load_curricula", stdout=said)
    assert "versions published" in said.getvalue()
