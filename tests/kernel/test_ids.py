"""Identifiers are ordered by the time they were made."""

from openmission.kernel.ids import new_id


def test_ids_made_one_after_the_other_are_in_order() -> None:
    made = [new_id() for _ in range(2000)]
    assert made == sorted(made)
    assert len(set(made)) == 2000


def test_an_id_says_its_version_and_its_millisecond() -> None:
    id = new_id(at_ms=1_700_000_000_123)
    assert (id.version, id.variant) == (7, "specified in RFC 4122")
    assert id.int >> 80 == 1_700_000_000_123
    assert id != new_id(at_ms=1_700_000_000_123)
