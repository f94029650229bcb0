"""Templates: each is used, none carries inline script or style, and the words put the person first."""

import ast
import re
from pathlib import Path

import pytest
from django.template.loader import engines

from tests.house.source import PACKAGE, ROOT, modules

TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
INLINE = {
    "inline style": re.compile(r"\sstyle\s*=|<style", re.I),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son[a-z]+\s*=|javascript:", re.I),
}
LIBRARIES_ASK_FOR = {
    "400.html",
    "403.html",
    "404.html",
    "500.html",
    "429.html",
    "account/password_reset_help_text.html",
}
# Words that say a person is their illness or their record; docs/style.md says what to write instead.
UNKIND = re.compile(
    r"\b(addicts?|abusers?|alcoholics?|junkies?|offenders?|patients?|inmates?|felons?|convicts?|relapsers?|cases?"
    r"|non-?complian(?:t|ce)|refractory|frequent flyers?|the homeless|the mentally ill|dirty|suffers? from"
    r"|committed suicide|adict[oa]s?|pacientes?|delincuentes?|drogadict[oa]s?|alcohólic[oa]s?)\b",
    re.I,
)
KIND_USES = re.compile(r"\bcase[- ]manag\w+|\bin (?:that |this |any )?case\b|\bin case of\b|\bcases that\b", re.I)


def _name(path: Path) -> str:
    return path.as_posix().split("/templates/", 1)[1]


def _unkind(text: str) -> list[str]:
    return UNKIND.findall(KIND_USES.sub("", text))


def _overrides_a_library(name: str) -> bool:
    folders = [Path(folder) for loader in engines["django"].engine.template_loaders for folder in loader.get_dirs()]
    return any((folder / name).exists() for folder in folders if not folder.is_relative_to(PACKAGE))


def test_every_template_is_used() -> None:
    texts = {path: path.read_text() for path in [*TEMPLATES, *(module.path for module in modules())]}
    unused = [
        _name(path)
        for path in TEMPLATES
        if "/events/" not in _name(path)
        if _name(path) not in LIBRARIES_ASK_FOR and not _overrides_a_library(_name(path))
        if not any(_name(path) in text for other, text in texts.items() if other != path)
    ]
    assert unused == []


def test_every_presenter_has_its_event() -> None:
    events = {
        f"{module.room}/events/{node.name}.html"
        for module in modules()
        if module.kind == "events"
        for node in module.tree.body
        if isinstance(node, ast.ClassDef)
    }
    assert [name for path in TEMPLATES if "/events/" in (name := _name(path)) and name not in events] == []


def test_every_presenter_writes_days_as_the_house_does() -> None:
    bare = re.compile(r"event\.\w+_(?:on|at)\b(?!(?:\|last_day)?\|date:)")
    assert [_name(path) for path in TEMPLATES if "/events/" in _name(path) if bare.search(path.read_text())] == []


@pytest.mark.parametrize("fault", INLINE)
def test_no_template_has(fault: str) -> None:
    assert [_name(path) for path in TEMPLATES if INLINE[fault].search(path.read_text())] == []


def test_words_in_templates_put_the_person_first() -> None:
    faults = {_name(path): words for path in TEMPLATES if (words := _unkind(path.read_text()))}
    assert faults == {}


def test_words_in_python_put_the_person_first() -> None:
    """What goes through gettext, wherever it stands."""
    faults = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "gettext", "gettext_lazy", "ngettext"):
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                faults += [f"{module.at(node)} {word}" for text in texts for word in _unkind(text)]
    assert faults == []


def test_words_in_translations_and_content_put_the_person_first() -> None:
    files = [*PACKAGE.rglob("*.po"), *(ROOT / "content").rglob("*.yaml"), *(ROOT / "content").rglob("*.md")]
    official = ROOT / "content" / "codes"  # the standard's own words
    faults = {
        str(path.relative_to(ROOT)): words
        for path in files
        if not path.is_relative_to(official) and (words := _unkind(path.read_text()))
    }
    assert faults == {}


ABOUT_CLIENTS = ("care", "clients", "desk", "exchange", "intake", "workbook")


def test_no_browser_fills_a_form_about_clients_again() -> None:
    """On the way back a browser ticks again by position: in a list that has changed, somebody else's choice."""
    forms = [
        (_name(path), tag)
        for path in TEMPLATES
        if path.relative_to(PACKAGE).parts[0] in ABOUT_CLIENTS
        for tag in re.findall(r'<form\b[^>]*method="post"[^>]*>', path.read_text())
    ]
    assert len(forms) > 20
    assert [name for name, tag in forms if 'autocomplete="off"' not in tag] == []
