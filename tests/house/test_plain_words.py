"""What is missing, too long or offered no more is told in our words, never in Django's: every form, both languages."""

from typing import Any

import pytest
from django import forms
from django.test import Client as Browser
from django.utils import translation
from django.utils.translation import gettext

from tests.house.pages import Page, pages
from tests.house.test_nasty_values import _forms
from tests.world.cast import World

ROOMS = [page for page in pages() if page.door and not page.door.public and ":" in page.name]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("form", sorted(_forms(), key=str), ids=lambda form: f"{form.__module__}-{form.__name__}")
def test_no_field_says_that_it_is_required(form: type[Any], language: str) -> None:
    with translation.override(language):
        said = {name: str(field.error_messages["required"]) for name, field in getattr(form, "base_fields", {}).items()}
        assert [name for name, words in said.items() if words in ("", gettext("This field is required."))] == []


@pytest.mark.parametrize(
    ("field", "given", "english", "spanish"),
    [
        pytest.param(forms.CharField(), "", "This is empty. Write it here.", "Está vacío.", id="words"),
        pytest.param(forms.EmailField(), "", "This is empty. Write it here.", "Está vacío.", id="address"),
        pytest.param(forms.ChoiceField(), "", "Nothing is chosen yet.", "Aún no ha elegido nada.", id="choice"),
        pytest.param(forms.MultipleChoiceField(), [], "at least one", "al menos una", id="choices"),
        pytest.param(forms.ChoiceField(), "gone", "no longer offered", "Ya no se ofrece", id="a choice that went"),
        pytest.param(forms.TypedChoiceField(), "gone", "no longer offered", "Ya no se ofrece", id="a typed one"),
        pytest.param(
            forms.MultipleChoiceField(), ["gone"], "Choose again.", "Elija de nuevo.", id="one of several choices"
        ),
        pytest.param(forms.FileField(), None, "No file is chosen", "ningún archivo", id="file"),
        pytest.param(
            forms.CharField(max_length=20_000),
            "a" * 23_456,
            "This has 23,456 characters, and at most 20,000 fit.",
            "Tiene 23,456 caracteres y caben como máximo 20,000.",
            id="too long",
        ),
    ],
)
def test_each_kind_says_what_to_do(field: forms.Field, given: Any, english: str, spanish: str) -> None:
    with pytest.raises(forms.ValidationError) as raised:
        field.clean(given)
    assert english in raised.value.messages[0]
    with translation.override("es"):
        assert spanish in raised.value.messages[0]


@pytest.mark.django_db
@pytest.mark.parametrize("page", ROOMS, ids=[page.name for page in ROOMS])
def test_an_empty_form_is_answered_in_plain_words(page: Page, world: World) -> None:
    assert page.door
    browser = Browser()
    browser.force_login(world.staff[sorted(page.door.roles)[0]])
    sent = {"csrfmiddlewaretoken": "as a browser sends it", "phone-TOTAL_FORMS": "0", "phone-INITIAL_FORMS": "0"}
    answer = browser.post(page.url(world), sent, follow=True)
    assert "This field is required." not in answer.content.decode("utf-8", "ignore")
