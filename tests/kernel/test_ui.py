"""The ui tags and the markup of forms."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import override

from openmission.kernel.decisions import ALLOWED, denied
from openmission.kernel.forms import ChipRadio, DateInput

PHASES = [("Transition", 61), ("Try-out", 61), ("Transfer", 60)]


class Sample(forms.Form):
    name = forms.CharField(help_text="What they like to be called.")
    on = forms.DateField(widget=DateInput, required=False)
    mode = forms.ChoiceField(choices=[("person", "In person"), ("phone", "Phone")], widget=ChipRadio)


def render(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


@pytest.mark.parametrize(
    ("day", "words", "mark"),
    [
        pytest.param(0, "Transition, day 0 of 182", "0.00", id="before it starts"),
        pytest.param(1, "Transition, day 1 of 182", "0.55", id="first day"),
        pytest.param(61, "Transition, day 61 of 182", "33.52", id="last day of a phase"),
        pytest.param(62, "Try-out, day 62 of 182", "34.07", id="first day of the next phase"),
        pytest.param(182, "Transfer, day 182 of 182", "100.00", id="last day"),
        pytest.param(183, "Transfer, 1 day past the planned 182", "100.00", id="one day past the end"),
        pytest.param(190, "Transfer, 8 days past the planned 182", "100.00", id="past the end"),
    ],
)
def test_the_rail_says_in_words_where_the_mark_is(day: int, words: str, mark: str) -> None:
    svg = render("{% phase_rail phases day %}", phases=PHASES, day=day)
    assert f"<title>{words}</title>" in svg
    assert f'cx="{mark}%"' in svg
    assert "style=" not in svg


def test_the_rail_speaks_of_one_day_in_spanish_too() -> None:
    with override("es"):
        svg = render("{% phase_rail phases 62 %}", phases=[("Una", 1), ("Otra", 60)])
    assert "<title>Otra, 1 día después de los 61 planeados</title>" in svg
    assert "<desc>Una 1 día, Otra 60 días</desc>" in svg


def test_the_rail_shows_each_phase_once() -> None:
    svg = render("{% phase_rail phases 74 %}", phases=PHASES)
    assert re.findall(r'<rect class="(\w+)" x="[\d.]+%" y="7" width="[\d.]+%"', svg) == [
        "past",
        "here",
        "ahead",
        "past",
    ]


def test_status_has_a_word_and_a_shape() -> None:
    html = render('{% severity "now" %}')
    assert "Now" in html
    assert "icons.svg#now" in html


def test_an_icon_alone_has_a_name_and_one_beside_a_word_is_silent() -> None:
    assert 'role="img" aria-label="Withheld"' in render('{% icon "lock" "Withheld" %}')
    assert 'aria-hidden="true"' in render('{% icon "lock" %}')


def test_a_refused_action_is_disabled_and_says_why() -> None:
    html = render('{% action "/x/" "Sign" decision %}', decision=denied("Only the care team may <sign>."))
    described = re.search(r'disabled aria-describedby="([^"]+)"', html)
    assert described
    assert f'id="{described[1]}">Only the care team may &lt;sign&gt;.' in html
    assert "/x/" not in html


def test_an_allowed_action_is_a_link() -> None:
    assert 'href="/x/"' in render('{% action "/x/" "Sign" decision %}', decision=ALLOWED)
    assert 'href="/x/"' in render('{% action "/x/" "Sign" %}')


def test_a_field_ties_hint_and_error_to_the_control() -> None:
    html = render("{{ form.name.as_field_group }}", form=Sample({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert "This is empty. Write it here." in html


@pytest.mark.parametrize("widget", [forms.TextInput, forms.Textarea])
def test_no_browser_is_told_to_cut_what_is_pasted(widget: type[forms.Widget]) -> None:
    words = type("Words", (forms.Form,), {"note": forms.CharField(max_length=5, widget=widget)})
    html = render("{{ form.note.as_field_group }}", form=words({"note": "too long"}))
    assert "maxlength" not in html
    assert "too long" in html
    assert "This has 8 characters, and at most 5 fit" in html


def test_only_optional_fields_are_marked() -> None:
    assert "(optional)" in render("{{ form.on.as_field_group }}", form=Sample())
    assert "(optional)" not in render("{{ form.name.as_field_group }}", form=Sample())


def test_a_choice_is_a_named_group_of_chips_with_one_label_each() -> None:
    html = render("{{ form.mode.as_field_group }}", form=Sample(initial={"mode": "phone"}))
    assert "<legend>Mode</legend>" in html
    assert html.count("<label") == 2
    assert re.search(r'value="phone"[^>]*checked', html)


def test_the_summary_links_each_error_to_its_control() -> None:
    form = Sample({"on": "yesterday"})
    form.add_error(None, "The day is before the enrollment.")
    html = render("{{ form }}", form=form)
    for anchor in ("id_name", "id_on", "id_mode_0"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html
    assert "The day is before the enrollment." in html


def test_no_summary_without_errors() -> None:
    assert "error-summary" not in render("{{ form }}", form=Sample())


def test_a_head_escapes_what_it_is_given() -> None:
    html = render("{% page_head title=title %}<a>New</a>{% endpage_head %}", title="<Dana>")
    assert "<h1>&lt;Dana&gt;</h1>" in html
    assert "<a>New</a>" in html
