"""Names: what cannot be seen is neither kept nor guessed."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from openmission.kernel.forms import NameField
from openmission.kernel.names import without_hidden


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Dana \t Rivera\n", "Dana Rivera"),
        ("王小明", "王小明"),
        ("Dana 😀", "Dana 😀"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e\u0301mile", "e\u0301mile"),
    ],
    ids=["white space", "Chinese", "a picture", "a joiner of Persian", "a combined accent"],
)
def test_a_name_is_kept_in_one_line(typed: str, kept: str) -> None:
    assert NameField().clean(typed) == kept


@pytest.mark.parametrize("hidden", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\u202e", "\ufeff", "\ud800"], ids=ascii)
def test_a_hidden_character_is_told(hidden: str) -> None:
    with pytest.raises(ValidationError, match=r"hidden character|Null characters"):
        NameField().clean(f"Da{hidden}na")
    assert without_hidden(f"Da{hidden}na") == "Dana"


def test_an_empty_name_is_empty() -> None:
    assert NameField(required=False).clean("") == ""
    with pytest.raises(forms.ValidationError):
        NameField().clean(" \t ")
