"""A new key: everything is rewritten, nothing is lost, whoever works or breaks off meanwhile."""

import shutil
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from openmission.audit.models import RecordedEvent
from openmission.audit.templatetags.audit import told
from openmission.clients.models import BreakGlass
from openmission.clients.services.break_glass import break_glass
from openmission.exchange.models import HmisRow
from openmission.kernel import files, keyring
from openmission.kernel.actors import SYSTEM
from openmission.kernel.encryption import EncryptedTextField, encrypt
from openmission.kernel.ids import new_id
from openmission.staff.adapter import BOUND_TO
from openmission.staff.services import keys
from openmission.staff.services.keys import rotate_key
from tests.exchange.invented_export import InventedExport
from tests.world.cast import NOW, World
from tests.world.exchange import bring

pytestmark = pytest.mark.django_db
FACTORS = 3  # that hold a secret of ours


class BrokenOff(Exception):
    pass


@pytest.fixture
def key(world: World, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the key in a folder of its own, and the files of the world in another: the world keeps its own.

    With second factors of each kind, and an emergency. Nobody waits.
    """
    copied = tmp_path / "keys" / "field.key"
    copied.parent.mkdir()
    shutil.copy(settings.FIELD_KEY_FILE, copied)
    shutil.copy(copied, tmp_path / "before.key")
    settings.FIELD_KEY_FILE = copied
    settings.FILES_DIR = shutil.copytree(settings.FILES_DIR, tmp_path / "files")
    monkeypatch.setattr(keys, "LATE_SECONDS", 0)
    monkeypatch.setattr(keys, "BREATH_SECONDS", 0)
    seal, sam, ida = get_adapter().encrypt, world.staff["supervisor"], world.staff["intake_worker"]
    for user, kind, data in (
        (sam, "totp", {"secret": seal("APP")}),
        (sam, "recovery_codes", {"seed": seal("SEED"), "used_mask": 5}),
        (ida, "recovery_codes", {"migrated_codes": [seal("one"), seal("two")]}),
        (sam, "webauthn", {"name": "My key", "credential": {"id": "x"}}),
    ):
        Authenticator.objects.create(user=user, type=kind, data=data)
    client, by = world.ids["client"], world.actor("case_manager", outsider=True)
    break_glass(client_id=client, reason="They called from the bridge.", by=by, at=NOW)
    return copied


def encrypted_columns() -> Iterator[tuple[Any, EncryptedTextField]]:
    for model in apps.get_models():
        for column in model._meta.local_concrete_fields:
            if isinstance(column, EncryptedTextField):
                yield model, column


def read() -> dict[str, Any]:
    """Everything encrypted, as it is read."""
    texts: dict[str, Any] = {
        c.bound_to: list(m.objects.order_by("pk").values_list(c.name)) for m, c in encrypted_columns()
    }
    texts["files"] = [files.decrypt(place.read_bytes(), bound_to=place.stem) for place in sorted(files.every_place())]
    texts["factors"] = [get_adapter().decrypt(secret.hex()) for _, secret in _secrets()]
    return texts


def _secrets() -> Iterator[tuple[str, bytes]]:
    for data in Authenticator.objects.order_by("id").values_list("data", flat=True):
        for name in ("secret", "seed"):
            if name in data:
                yield BOUND_TO, bytes.fromhex(data[name])
        yield from ((BOUND_TO, bytes.fromhex(code)) for code in data.get("migrated_codes", []))


def stored() -> Iterator[tuple[str, bytes]]:
    """Everything encrypted, as it is stored, each with what it is bound to."""
    for model, column in encrypted_columns():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column.column} FROM {model._meta.db_table}")
            yield from ((column.bound_to, bytes(value)) for (value,) in cursor.fetchall() if value)
    yield from ((place.stem, place.read_bytes()) for place in files.every_place())
    yield from _secrets()


def opened_by(place: Path) -> int:
    """How much of all that is stored the key in a file opens."""
    key = AESGCM(bytes.fromhex(place.read_text()))
    return sum(_opens(key, *one) for one in stored())


def _opens(key: AESGCM, bound_to: str, value: bytes) -> bool:
    try:
        key.decrypt(value[1:13], value[13:], bound_to.encode())
    except InvalidTag:
        return False
    return True


def rotate() -> keys.Rewritten:
    return rotate_key(by=SYSTEM, at=NOW)


def test_everything_reads_as_before_and_with_the_new_key_only(key: Path) -> None:
    texts, total, before = read(), len(list(stored())), key.parent.parent / "before.key"
    assert opened_by(before) == total > 30 and texts["files"] and len(texts["factors"]) == 4
    said = StringIO()
    call_command("rotate_key", stdout=said)
    assert (opened_by(key), opened_by(before), list(key.parent.iterdir())) == (total, 0, [key])
    assert read() == texts
    assert Authenticator.objects.get(user__name="Sam Dunn", type="recovery_codes").data["used_mask"] == 5
    assert key.stat().st_mode & 0o077 == 0
    rewritten = total - 1  # two codes are one second factor
    assert f"{rewritten} rewritten." in said.getvalue() and f"{FACTORS} second factors" in said.getvalue()
    assert [text for text in (key.read_text(), before.read_text()) if text in said.getvalue()] == []
    assert RecordedEvent.objects.get(kind="staff.EncryptionKeyChanged").data == {"values": rewritten, "unreadable": 0}


def test_an_export_known_under_the_old_key_is_known_still(key: Path, world: World) -> None:
    rotate()
    again, rows = InventedExport(), HmisRow.objects.count()
    again.rows["Export"][0]["ExportID"] = "E2"
    bring(again, world)
    assert HmisRow.objects.count() == rows


def _nth(number: int, original: Callable[..., Any]) -> Callable[..., Any]:
    calls = []

    def call(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) == number:
            raise BrokenOff
        return original(*args, **kwargs)

    return call


@pytest.mark.parametrize(
    ("module", "name", "number"),
    [
        pytest.param(keyring.os, "link", 1, id="before the old key is put beside"),
        pytest.param(keyring.os, "replace", 1, id="before the new key is in its place"),
        pytest.param(keys, "resealed", 1, id="before the first value"),
        pytest.param(keys, "resealed", 20, id="among the values"),
        pytest.param(keys, "resealed_secrets", 2, id="among the second factors"),
        pytest.param(files, "reseal", 1, id="before the files"),
        pytest.param(files.os, "replace", 2, id="in the middle of a file"),
        pytest.param(keys, "_wait_for_transactions", 1, id="before the last look"),
        pytest.param(keys, "record", 1, id="after the last look"),
        pytest.param(keyring, "forget_old_key", 1, id="before the old key goes"),
    ],
)
def test_broken_off_anywhere_it_is_readable_and_goes_on(
    key: Path, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, number: int
) -> None:
    texts, total = read(), len(list(stored()))
    with monkeypatch.context() as patch:
        patch.setattr(module, name, _nth(number, getattr(module, name)))
        with pytest.raises(BrokenOff):
            rotate()
    assert read() == texts
    begun = key.with_name("field.key.old").exists() and key.read_text()
    changed = begun and begun != key.with_name("field.key.old").read_text()
    rotate()
    assert (opened_by(key), read()) == (total, texts)
    assert not changed or key.read_text() == begun  # no third key
    assert not key.with_name("field.key.old").exists()


def test_what_is_changed_meanwhile_stays_changed(key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def resealed_late(sealed: bytes, *, bound_to: str) -> bytes | None:
        new = original(sealed, bound_to=bound_to)
        if bound_to == "clients.breakglass.reason":
            BreakGlass.objects.update(reason="Written in between.")
        return new

    original = keys.resealed
    monkeypatch.setattr(keys, "resealed", resealed_late)
    rotate()
    assert set(BreakGlass.objects.values_list("reason", flat=True)) == {"Written in between."}
    assert opened_by(key) == len(list(stored()))


def test_what_was_sealed_just_before_and_written_late_is_rewritten(key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = encrypt(b"On my way.", bound_to="clients.breakglass.reason")

    def write_late(_seconds: float) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE clients_breakglass SET reason = %s", [late])

    monkeypatch.setattr(keys, "_wait_for_transactions", lambda: write_late(0))
    rotate()
    assert set(BreakGlass.objects.values_list("reason", flat=True)) == {"On my way."}
    assert opened_by(key) == len(list(stored()))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one transaction that writes at a time")
def test_transactions_that_are_open_are_waited_for(key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other, waited = connection.copy(), []
    other.set_autocommit(False)
    other.cursor().execute("SELECT 1")

    def look_anew() -> None:
        """What a transaction, such as that of this test, has seen of others stays as it was."""
        connection.cursor().execute("SELECT pg_stat_clear_snapshot()")

    def end_the_other(seconds: float) -> None:
        if seconds:
            waited.append(seconds)
            other.close()
            look_anew()

    monkeypatch.setattr(keys.time, "sleep", end_the_other)
    look_anew()
    rotate()
    assert waited == [1]


def test_what_no_key_opens_is_told_and_left(key: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clients_breakglass SET finding = reason")
    errors = StringIO()
    with pytest.raises(CommandError, match=r"kept as field\.key\.old"):
        call_command("rotate_key", stdout=StringIO(), stderr=errors)
    lost = BreakGlass.objects.count()
    assert f"{lost} clients_breakglass.finding: no key opens them" in errors.getvalue()
    assert opened_by(key) == len(list(stored())) - lost
    assert opened_by(key.with_name("field.key.old")) == 0
    event = RecordedEvent.objects.get(kind="staff.EncryptionKeyChanged")
    assert event.data["values"] > 0 and event.data["unreadable"] == lost
    assert "so the old key was kept" in told(event)


def test_what_is_damaged_stops_nothing(key: Path) -> None:
    """An empty file, one cut off, one of another kind, and a secret that is no number."""
    places = [files._place(new_id()) for _ in range(3)]
    for place, content in zip(places, (b"", b"\x01cut", b"\x09" + bytes(40)), strict=True):
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
    Authenticator.objects.filter(type="totp").update(data={"secret": "no number"})
    rewritten = rotate()
    assert rewritten.unreadable == {"files": 3, "second factors": 1}
    assert rewritten.done["care_contact.note"] > 0


def test_a_foreign_key_is_not_thrown_away(key: Path) -> None:
    """As after restoring a database beside the keys of another."""
    foreign = "ab" * 32
    key.write_text(foreign)
    rewritten = rotate()
    assert rewritten.unreadable and not rewritten.done.total()
    assert key.with_name("field.key.old").read_text() == foreign


def test_two_do_not_work_at_once_nor_another_user(key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with keyring.rotating(), pytest.raises(CommandError, match="by another process"):
        call_command("rotate_key", stdout=StringIO())
    monkeypatch.setattr("os.geteuid", lambda: key.stat().st_uid + 1)
    with pytest.raises(CommandError, match="as the user that the server runs as"):
        call_command("rotate_key", stdout=StringIO())
    assert list(key.parent.iterdir()) == [key]
