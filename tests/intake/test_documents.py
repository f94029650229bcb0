"""Signed documents: the paper, its fingerprint, a release with its blanks."""

import io
from typing import Any

import pytest
from django.utils import translation
from pypdf import PdfReader

from openmission.audit.models import RecordedEvent
from openmission.audit.templatetags.audit import told
from openmission.clients.models import Client
from openmission.intake.models import Enrollment, SignedDocument
from openmission.intake.selectors.documents import get_document, signed_documents
from openmission.intake.services import documents
from openmission.intake.services.documents import InvalidSignature, Signature, UnknownDocument
from openmission.kernel import files
from openmission.kernel.errors import NotFound, Refused
from openmission.kernel.ids import new_id
from tests.world.cast import NOW, World

pytestmark = pytest.mark.django_db
RELEASE = {
    "recipient": "Harbor Clinic",
    "information": "That I take part #panic($x$)",
    "purpose": "To plan my care",
    "expires_on": "2027-05-31",
}
WAVE = [[[float(20 * n), 100 + 40 * (-1) ** n] for n in range(12)]]


def sign(world: World, slug: str = "release", **given: Any) -> SignedDocument:
    given = {"language": "es", "fields": RELEASE, "signature": Signature("Luis Marín"), **given}
    by = given.pop("by", world.actor("peer_specialist"))
    enrollment = Enrollment.objects.get(id=world.ids["enrollment"])
    return documents.sign_document(enrollment, slug=slug, **given, by=by, at=NOW)


def words(world: World, document: SignedDocument) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(get_document(world.actor("case_manager"), document.id).pdf))
    return reader, " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.mark.parametrize(
    ("language", "title", "day", "signed"),
    [
        ("en", "Yes to share with someone outside", "31 May 2027", "Signed on 23 Nov 2026, 09:00 EST"),
        ("es", "Permiso para compartir con alguien de fuera", "31 may 2027", "23 nov 2026, 09:00 EST"),
    ],
)
def test_the_paper_says_what_was_signed_in_the_language_it_was_read_in(
    world: World, language: str, title: str, day: str, signed: str
) -> None:
    reader, text = words(world, sign(world, language=language))
    assert reader.trailer["/Root"]["/Lang"] == language
    for said in (title, "Luis Marín", "Harbor Clinic", "#panic($x$)", day, signed, "Pat Bell", "Harbor House"):
        assert said in text


def test_a_drawn_signature_is_a_picture_with_words_for_those_who_do_not_see_it(world: World) -> None:
    drawn = sign(world, signature=Signature("Luis Marín", WAVE), language="en")
    reader, text = words(world, drawn)
    objects = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    described = [one["/Alt"] for one in objects if isinstance(one, dict) and "/Alt" in one]
    assert drawn.signature_kind == "drawn" and "Luis Marín" in text
    assert "Signature drawn on the screen" in described


@pytest.mark.parametrize("drawn", [[], WAVE], ids=["typed", "drawn"])
@pytest.mark.parametrize("name", ["王小明", "Dana 😀", "محمد علي", "ሰላም", "Kaʻiulani"])
def test_a_name_that_no_font_here_can_draw_is_signed_and_kept_as_it_was_typed(
    world: World, name: str, drawn: list[list[list[float]]]
) -> None:
    Client.objects.filter(id=world.ids["client"]).update(first_name=name)
    signed = sign(world, signature=Signature(name, drawn))
    reader, text = words(world, signed)
    assert signed.signed_name == name
    assert reader.trailer["/Root"]["/Lang"] == "es" and reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert name in reader.metadata["/Keywords"] and "Harbor Clinic" in text


def test_a_hidden_character_in_a_name_on_record_stops_no_signature(world: World) -> None:
    Client.objects.filter(id=world.ids["client"]).update(first_name="Lu\x07is")
    _reader, text = words(world, sign(world))
    assert "Luis Marín" in text


def test_signing_twice_with_one_id_is_signing_once(world: World) -> None:
    id = new_id()
    assert sign(world, id=id) == sign(world, id=id)
    assert RecordedEvent.objects.filter(kind="intake.DocumentSigned", data__document_id=str(id)).count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"fields": RELEASE | {"recipient": " "}}, "recipient"),
        ({"fields": {}}, "recipient"),
        ({"fields": RELEASE | {"expires_on": "soon"}}, "expires_on"),
        ({"fields": RELEASE | {"expires_on": "2026-11-23"}}, "expires_on"),
        ({"signature": Signature(" ", WAVE)}, "name"),
        ({"signature": Signature("Lu\x1bis")}, "name"),
        ({"signature": Signature("Luis", [[[1.0, 1.0]]])}, "strokes"),
    ],
    ids=["an empty blank", "no blanks", "no day", "a day that is over", "no name", "a hidden character", "a dot"],
)
def test_what_is_missing_is_told_at_its_field_and_nothing_is_signed(
    world: World, given: dict[str, Any], field: str
) -> None:
    before = SignedDocument.objects.count()
    with pytest.raises(InvalidSignature) as told:
        sign(world, **given)
    assert told.value.field == field
    assert SignedDocument.objects.count() == before


def test_a_paper_that_the_program_does_not_have_is_not_signed(world: World) -> None:
    with pytest.raises(UnknownDocument):
        sign(world, slug="lease")


def test_another_team_neither_signs_nor_opens(world: World) -> None:
    with pytest.raises(Refused):
        sign(world, by=world.actor("case_manager", outsider=True))
    with pytest.raises(NotFound):
        get_document(world.actor("case_manager", outsider=True), world.ids["document"])
    with pytest.raises(NotFound):
        get_document(world.actor("case_manager"), new_id())


def test_the_log_tells_a_signed_paper_in_the_language_of_the_reader(world: World) -> None:
    row = RecordedEvent.objects.get(kind="intake.DocumentSigned", data__document_id=str(sign(world).id))
    assert told(row) == "Signed: Yes to share with someone outside."
    with translation.override("es"):
        assert told(row) == "Se firmó: Permiso para compartir con alguien de fuera."


def test_the_kept_file_is_encrypted_and_checked_each_time(world: World) -> None:
    signed = sign(world)
    viewer = world.actor("case_manager")
    assert get_document(viewer, signed.id).intact
    kept = files._place(signed.id)
    assert b"%PDF" not in kept.read_bytes()
    files.store(signed.id, b"another paper")
    assert not get_document(viewer, signed.id).intact
    kept.write_bytes(b"\x01" + b"broken" * 9)
    opened = get_document(viewer, signed.id)
    assert (opened.intact, opened.pdf) == (False, b"")
    kept.unlink()
    assert not get_document(viewer, signed.id).intact


def test_a_release_is_taken_back_and_stays_on_record(world: World) -> None:
    signed, by = sign(world), world.actor("case_manager")
    for _ in range(2):
        opened = get_document(by, signed.id)
        documents.revoke_document(opened.document, by=by, at=NOW)
    signed.refresh_from_db()
    assert signed.revoked_at == NOW
    assert RecordedEvent.objects.filter(kind="intake.DocumentRevoked").count() == 1
    assert signed in signed_documents(by, signed.enrollment)
    with pytest.raises(Refused):
        documents.revoke_document(signed, by=world.actor("case_manager", outsider=True), at=NOW)
