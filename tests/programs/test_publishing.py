"""Publishing: once, unchangeable, told in the log."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.template.loader import render_to_string
from django.utils import translation

from openmission.audit.models import RecordedEvent
from openmission.kernel.actors import SYSTEM, Actor, Seat
from openmission.kernel.content import InvalidContent
from openmission.kernel.errors import NotFound, Refused
from openmission.programs import selectors
from openmission.programs.events import ProgramPublished
from openmission.programs.models import ProgramVersion
from openmission.programs.rules import parse_program
from openmission.programs.services import PublishedVersionChanged, publish_program
from openmission.programs.templatetags.programs import retold
from tests.programs.shipped import CONTENT, content_of, program_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
MANAGER = Actor(id=uuid4(), name="Pat", seats=frozenset({Seat("program_manager")}))
WORKER = Actor(id=uuid4(), name="Ana", seats=frozenset({Seat("case_manager", uuid4())}))


def test_publishing_twice_is_publishing_once() -> None:
    first = publish_program(content_of("mission"), by=MANAGER, at=AT)
    reordered = dict(reversed(content_of("mission").items()))
    assert publish_program(reordered, by=SYSTEM, at=AT).id == first.id
    event = RecordedEvent.objects.get(kind="programs.ProgramPublished")
    assert (event.data["slug"], event.data["version"], event.by_name) == ("mission", 1, "Pat")


def test_a_published_version_does_not_change_and_the_text_says_what_to_do() -> None:
    publish_program(content_of("mission"), by=SYSTEM, at=AT)
    changed = content_of("mission")
    changed["due_rules"][0]["steps"]["now"] = 9
    with pytest.raises(PublishedVersionChanged, match=r"new file v2\.yaml with version: 2"):
        publish_program(changed, by=SYSTEM, at=AT)
    changed["version"] = 2
    publish_program(changed, by=SYSTEM, at=AT)
    old, new = ProgramVersion.objects.order_by("version")
    assert selectors.program(SYSTEM, old.id) == program_of("mission")
    assert [p.id for p in selectors.latest_programs(WORKER)] == [new.id]
    assert [p.id for p in selectors.all_programs(WORKER)] == [new.id, old.id]


@pytest.mark.parametrize(
    "change", ["UPDATE programs_programversion SET version = 7", "DELETE FROM programs_programversion"]
)
def test_the_database_itself_refuses_a_change(change: str) -> None:
    publish_program(content_of("mission"), by=SYSTEM, at=AT)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(ProgramVersion._meta.db_table))


SPANISH_988 = "En una crisis, llame al 988 y oprima el 2, o mande la palabra AYUDA al 988."


def _before_spanish_988(slug: str) -> Any:
    words = json.dumps(content_of(slug), ensure_ascii=False)
    return json.loads(words.replace(SPANISH_988, "Llame o escriba al 988 en una crisis."))


def _in_english_only(part: Any) -> Any:
    """Content as it was before its sources were told in both languages."""
    if isinstance(part, list):
        return [_in_english_only(row) for row in part]
    if not isinstance(part, dict):
        return part
    told = {name: _in_english_only(row) for name, row in part.items() if name != "phase_lengths"}
    if "source" in part and not isinstance(part["source"]["at"], str):
        told["source"] = {"in": part["source"]["in"], "at": part["source"]["at"]["en"]}
    if "sources" in part:
        told["sources"] = {name: words["en"] for name, words in part["sources"].items() if name != "cti_fidelity"}
    return told


@pytest.mark.parametrize("slug", ["mission", "linkage-only"])
def test_an_installation_with_the_earlier_words_starts_and_has_the_new_ones(slug: str) -> None:
    earlier = publish_program(_in_english_only(_before_spanish_988(slug)), by=SYSTEM, at=AT)
    migration = import_module("openmission.programs.migrations.0003_sources_in_both_languages")
    migration.say_in_both(apps, connection.schema_editor())
    call_command("load_content", stdout=StringIO())
    now = ProgramVersion.objects.get(slug=slug)
    assert (now.id, now.published_at) == (earlier.id, earlier.published_at)
    assert parse_program(now.content) == program_of(slug)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ProgramVersion.objects.update(version=7)


@pytest.mark.parametrize("slug", ["mission", "linkage-only"])
def test_an_installation_with_the_earlier_way_to_988_has_the_spanish_one(slug: str) -> None:
    published = publish_program(_before_spanish_988(slug), by=SYSTEM, at=AT)
    migration = import_module("openmission.programs.migrations.0004_spanish_way_to_988")
    migration.say_the_spanish_way(apps, connection.schema_editor())
    call_command("load_content", stdout=StringIO())
    assert SPANISH_988 in json.dumps(ProgramVersion.objects.get(id=published.id).content, ensure_ascii=False)


def test_a_version_whose_sources_are_plain_strings_stays_readable() -> None:
    """Strings in place of pairs are one text for both languages."""
    row = publish_program(_in_english_only(content_of("mission")) | {"version": 3}, by=SYSTEM, at=AT)
    places = {rule.source.place for rule in selectors.program(WORKER, row.id).due_rules.values()}
    assert places and all(place.en == place.es for place in places)


def test_only_program_managers_publish() -> None:
    with pytest.raises(Refused, match="Program managers publish programs"):
        publish_program(content_of("mission"), by=WORKER, at=AT)
    assert not ProgramVersion.objects.exists()


def test_contradictions_are_named() -> None:
    data = content_of("mission")
    data["pair"].pop()
    with pytest.raises(InvalidContent, match="is not in the pair"):
        publish_program(data, by=MANAGER, at=AT)


def test_reading_asks_for_a_role_and_a_known_version() -> None:
    with pytest.raises(Refused):
        selectors.latest_programs(Actor(id=uuid4(), name="Nobody"))
    with pytest.raises(NotFound):
        selectors.program(WORKER, uuid4())


def test_a_version_is_read_from_the_database_once(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    row = publish_program(content_of("mission"), by=SYSTEM, at=AT)
    selectors.program(WORKER, row.id)
    with django_assert_num_queries(0):
        assert selectors.program(WORKER, row.id).slug == "mission"


def test_the_event_reads_as_a_sentence() -> None:
    event = ProgramPublished(program_version_id=uuid4(), slug="mission", version=2)
    text = render_to_string("programs/events/ProgramPublished.html", {"event": event})
    assert text.strip() == "Program mission, version 2, was published."


@pytest.mark.parametrize(
    ("kept", "english", "spanish"),
    [
        ("Our agreement", "Our agreement", "Nuestro acuerdo"),
        ("Nuestro acuerdo", "Our agreement", "Nuestro acuerdo"),
        ("Linkage only", "Linkage only", "Solo enlace"),
        ("A paper of long ago", "A paper of long ago", "A paper of long ago"),
    ],
    ids=["a paper", "a paper kept in Spanish", "a program", "nobody's paper"],
)
def test_a_title_that_an_event_keeps_is_told_in_the_language_of_the_reader(
    kept: str, english: str, spanish: str
) -> None:
    call_command("load_content", stdout=StringIO())
    for language, told in (("en", english), ("es", spanish)):
        with translation.override(language):
            assert retold(kept) == told


@pytest.fixture
def content(tmp_path: Path, settings) -> Iterator[Path]:  # type: ignore[no-untyped-def]
    """A content folder of its own, with the shipped schema and one program."""
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "program.json").write_bytes((CONTENT / "schemas" / "program.json").read_bytes())
    file = tmp_path / "programs" / "mission" / "v1.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(yaml.safe_dump(content_of("mission")))
    settings.CONTENT_DIR = tmp_path
    yield file


def test_load_content_publishes_what_ships_and_may_run_again() -> None:
    said = StringIO()
    call_command("load_content", stdout=said)
    call_command("load_content", stdout=said)
    assert said.getvalue() == "Programs: 2 versions published.\n" * 2
    assert set(ProgramVersion.objects.values_list("slug", flat=True)) == {"mission", "linkage-only"}


def test_load_content_names_file_and_fault(content: Path) -> None:
    call_command("load_content", stdout=StringIO())
    data = content_of("mission")
    for spoiled, says in (
        ({**data, "licence": "CC0"}, r"programs/mission/v1.yaml: Program mission version 1 is published"),
        ({**data, "licence": ""}, "licence"),
        ({**data, "color": "red"}, "color"),
        ({**data, "version": 2}, "its place is programs/mission/v2.yaml"),
    ):
        content.write_text(yaml.safe_dump(spoiled))
        with pytest.raises(CommandError, match=says):
            call_command("load_content", stdout=StringIO())
    content.write_text("slug: [")
    with pytest.raises(CommandError, match=r"v1\.yaml"):
        call_command("load_content", stdout=StringIO())
    assert ProgramVersion.objects.count() == 1
