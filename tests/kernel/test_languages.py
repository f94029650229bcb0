"""What is put together once in each language: as often as values and languages differ, never in the wrong one."""

import pytest
from django.utils.translation import gettext, override

from openmission.kernel.languages import in_each_language


def test_the_same_values_are_put_once_in_each_language() -> None:
    asked = []

    @in_each_language
    def put(word: str) -> str:
        asked.append(word)
        return gettext(word)

    for language, said in (("en", "Save"), ("es", "Guardar"), ("en", "Save"), ("es", "Guardar")):
        with override(language):
            assert put("Save") == said
    assert asked == ["Save", "Save"]
    with override("en"):
        assert put("Cancel") == "Cancel"


def test_what_failed_is_asked_again() -> None:
    answers = iter([ValueError("not yet"), "there"])

    @in_each_language
    def put(word: str) -> str:
        found = next(answers)
        if isinstance(found, Exception):
            raise found
        return str(found)

    with pytest.raises(ValueError, match="not yet"):
        put("once")
    assert put("once") == "there"
