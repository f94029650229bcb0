"""Publishing content: all that ships, once, unchangeable, told in the log."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.template.loader import render_to_string

from openmission.audit.models import RecordedEvent
from openmission.curricula import selectors
from openmission.curricula.events import ContentPublished
from openmission.curricula.models import PublishedContent
from openmission.curricula.services import PublishedContentChanged, publish_content
from openmission.kernel.actors import SYSTEM, Actor, Seat
from openmission.kernel.content import InvalidContent
from openmission.kernel.errors import NotFound, Refused
from tests.curricula.shipped import CONTENT, content_of, forget

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
MANAGER = Actor(id=uuid4(), name="Mia", seats=frozenset({Seat("program_manager")}))
WORKER = Actor(id=uuid4(), name="Ana", seats=frozenset({Seat("case_manager", uuid4())}))


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def content(tmp_path: Path, settings: Any) -> Path:
    """A content folder of one's own: a copy of what ships."""
    for part in ("curricula", "worksheets", "checklists", "schemas"):
        shutil.copytree(CONTENT / part, tmp_path / part)
    settings.CONTENT_DIR = tmp_path
    return tmp_path


def _load() -> str:
    said = StringIO()
    call_command("load_curricula", stdout=said)
    return said.getvalue()


def test_all_that_ships_is_published_and_again_changes_nothing() -> None:
    places = ("curricula/*/*/manifest.yaml", "worksheets/*/*.yaml", "checklists/*/*.yaml")
    files = sum(len(list(CONTENT.glob(place))) for place in places)
    first = _load()
    rows = set(PublishedContent.objects.values_list("id", "sha256"))
    events = RecordedEvent.objects.count()
    assert first == f"Curricula, worksheets and checklists: {files} versions published.\n"
    assert (len(rows), events) == (files, files)
    assert _load() == first
    assert set(PublishedContent.objects.values_list("id", "sha256")) == rows
    assert RecordedEvent.objects.count() == events
    assert [found.slug for found in selectors.all_curricula(WORKER)] == ["drt", "peer"]
    assert len(selectors.curriculum(WORKER, "drt").sessions) == 13
    assert selectors.all_worksheets(WORKER)[0].slug == "onset_timelines"
    assert selectors.checklist(WORKER, "safety").steps


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        pytest.param(
            "curricula/drt/v1/04-personal_recovery_plan.yaml",
            "70-72",
            "70-73",
            r"curricula/drt/v1/manifest\.yaml: drt version 1 is published .* as version 2",
            id="a session changed",
        ),
        pytest.param(
            "worksheets/picba/v1.yaml", "CC-BY-4.0", "CC0", r"worksheets/picba/v1\.yaml: .* published", id="a worksheet"
        ),
        pytest.param("worksheets/picba/v1.yaml", "version: 1", "version: 2", "its place is .*/v2", id="another place"),
        pytest.param(
            "curricula/peer/v1/manifest.yaml", "version: 1", "version: 2", "its place is .*/v2", id="another folder"
        ),
        pytest.param(
            "curricula/drt/v1/manifest.yaml", "- motivation", "- resolve", "missing: .*resolve", id="a missing session"
        ),
        pytest.param(
            "curricula/drt/v1/03-motivation.yaml", "slug: motivation", "slug: will", "not that of its", id="its slug"
        ),
        pytest.param("checklists/safety/v1.yaml", "slug: safety", "slug: [", r"safety/v1\.yaml", id="no YAML"),
        pytest.param("checklists/safety/v1.yaml", "licence:", "license:", "license", id="an unknown word"),
        pytest.param(
            "curricula/drt/v1/02-life_problem_areas.yaml",
            "builds_on: [",
            "builds_on: [motivation, ",
            "earlier",
            id="order",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_file(content: Path, file: str, old: str, new: str, says: str) -> None:
    _load()
    before = PublishedContent.objects.count()
    path = content / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(CommandError, match=says):
        _load()
    assert PublishedContent.objects.count() == before


def test_a_new_version_stands_beside_the_old_one() -> None:
    old = content_of("worksheet", "picba")
    new = old | {"version": 2, "position": 40}
    for data in (old, new, dict(reversed(old.items()))):
        publish_content("worksheet", data, by=MANAGER, at=AT)
    assert selectors.newest_versions(WORKER, "worksheet") == {"picba": 2}
    assert (selectors.worksheet(WORKER, "picba").position, selectors.worksheet(WORKER, "picba", 1).version) == (40, 1)
    told = RecordedEvent.objects.filter(kind="curricula.ContentPublished").order_by("id")
    assert [(event.data["slug"], event.data["version"], event.by_name) for event in told] == [
        ("picba", 1, "Mia"),
        ("picba", 2, "Mia"),
    ]


@pytest.mark.parametrize(
    "change", ["UPDATE curricula_publishedcontent SET version = 7", "DELETE FROM curricula_publishedcontent"]
)
def test_the_database_itself_refuses_a_change(change: str) -> None:
    publish_content("worksheet", content_of("worksheet", "picba"), by=SYSTEM, at=AT)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_only_program_managers_publish() -> None:
    with pytest.raises(Refused, match="Program managers publish curricula"):
        publish_content("worksheet", content_of("worksheet", "picba"), by=WORKER, at=AT)
    assert not PublishedContent.objects.exists()


def test_a_change_under_the_same_version_and_a_contradiction_are_refused() -> None:
    publish_content("checklist", content_of("checklist", "safety"), by=SYSTEM, at=AT)
    with pytest.raises(PublishedContentChanged):
        publish_content("checklist", content_of("checklist", "safety") | {"licence": "CC0"}, by=SYSTEM, at=AT)
    with pytest.raises(InvalidContent, match="after_use"):
        publish_content("curriculum", content_of("curriculum", "drt") | {"after_use": "x"}, by=SYSTEM, at=AT)


def test_reading_asks_for_a_role_and_for_content_that_is_there(django_assert_num_queries: Any) -> None:
    publish_content("worksheet", content_of("worksheet", "picba"), by=SYSTEM, at=AT)
    nobody = Actor(id=uuid4(), name="Nobody")
    for refused in (
        lambda: selectors.worksheet(nobody, "picba"),
        lambda: selectors.curriculum(nobody, "drt"),
        lambda: selectors.checklist(nobody, "safety"),
        lambda: selectors.newest_versions(nobody, "worksheet"),
    ):
        with pytest.raises(Refused):
            refused()
    for missing in (
        lambda: selectors.worksheet(WORKER, "dancing"),
        lambda: selectors.worksheet(WORKER, "picba", 9),
        lambda: selectors.curriculum(WORKER, "picba"),
    ):
        with pytest.raises(NotFound):
            missing()
    selectors.worksheet(WORKER, "picba")
    with django_assert_num_queries(0):
        assert selectors.worksheet(WORKER, "picba").slug == "picba"


def test_the_event_reads_as_a_sentence() -> None:
    event = ContentPublished(kind_of_content="worksheet", slug="picba", version=2)
    text = render_to_string("curricula/events/ContentPublished.html", {"event": event}).strip()
    assert "picba" in text and text.endswith(".")


def test_an_installation_with_earlier_words_starts_and_has_the_shipped_ones() -> None:
    """What an agency published beside them stays as it is."""
    call_command("load_curricula", stdout=StringIO())
    safety = PublishedContent.objects.get(kind="checklist")
    words, changed = safety.content, {**safety.content, "title": {"en": "Steps", "es": "Pasos"}}
    own = publish_content("checklist", {**changed, "slug": "our_own"}, by=SYSTEM, at=AT)
    migration = import_module("openmission.curricula.migrations.0003_words_before_release")
    migration.changeable(connection.schema_editor(), migration.TABLE)
    PublishedContent.objects.filter(id=safety.id).update(content=changed, sha256="earlier")
    migration.take_shipped_words(apps, connection.schema_editor())
    call_command("load_curricula", stdout=StringIO())
    now = PublishedContent.objects.get(id=safety.id)
    assert (now.content, now.published_at) == (words, safety.published_at)
    assert PublishedContent.objects.get(id=own.id).content["title"] == {"en": "Steps", "es": "Pasos"}
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        PublishedContent.objects.update(version=7)
