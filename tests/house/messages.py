"""The words of the interface, read from the source: what script/messages writes into the catalogues.

Python is read as a syntax tree and templates through Django's own `templatize`, so no gettext tools are needed.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.conf import settings
from django.utils.translation.template import templatize

from openmission.audit.templatetags.audit import kind_name, page_name
from tests.house.source import PACKAGE, Module, modules

CATALOGUES = sorted((PACKAGE / "locale").glob("*/LC_MESSAGES/django.po"))
TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*") if path.suffix in (".html", ".txt"))
ARGUMENTS = {  # what the first arguments of a function are, by how its name begins
    "gettext": ("text",),
    "ngettext": ("text", "plural"),
    "pgettext": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
}
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({STRING}(?:\s*,\s*{STRING})*)", re.S)


class Message(NamedTuple):
    """One text: `plural` where it depends on a number, `context` where the same words mean two things."""

    text: str
    plural: str = ""
    context: str = ""


def _message(function: str, arguments: list[str]) -> Message:
    """The message of a call of `ngettext`, `gettext_lazy`, ... with these texts."""
    return Message(**dict(zip(ARGUMENTS[function.split("_")[0] or "gettext"], arguments, strict=False)))


def _in_python(tree: ast.Module) -> Iterator[Message]:
    called = {  # _ -> gettext, lazy -> gettext_lazy: as this module names them
        name.asname or name.name: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if "gettext" in name.name
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in called:
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if texts:
                yield _message(called[node.func.id], texts)


def _in_names(module: Module) -> Iterator[Message]:
    """The log names what it tells of: events, as "Care team joined", and pages that show clients, as "care, record"."""
    if module.kind == "events" and module.room != "kernel":
        yield from (Message(kind_name(node.name)) for node in module.tree.body if isinstance(node, ast.ClassDef))
    if module.kind == "urls" and module.room not in ("config", "curricula", "programs", "staff"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.keyword) and node.arg == "name" and isinstance(node.value, ast.Constant):
                yield Message(page_name(f"{module.room}:{node.value.value}"))


def _in_template(path: Path) -> Iterator[Message]:
    for function, arguments in TEMPLATE_CALL.findall(templatize(path.read_text(), origin=str(path))):
        yield _message(function, list(ast.literal_eval(f"({arguments},)")))


def messages() -> dict[Message, list[str]]:
    """{message: the files it stands in}, in the order of the files."""
    found: dict[Message, list[str]] = {}
    sources = [(module.path, [*_in_python(module.tree), *_in_names(module)]) for module in modules()]
    sources += [(path, list(_in_template(path))) for path in TEMPLATES]
    for path, here in sorted(sources):
        for message in here:
            files = found.setdefault(message, [])
            if (name := path.relative_to(PACKAGE).as_posix()) not in files:
                files.append(name)
    return found


def refresh(path: Path) -> list[str]:
    """Write a catalogue anew: today's messages with the translations it has. Returns the texts that have none."""
    old = polib.pofile(str(path))
    translated = {(entry.msgid, entry.msgctxt): entry for entry in old}
    new = polib.POFile(wrapwidth=0)
    new.header, new.metadata = old.header, old.metadata
    for message, files in messages().items():
        entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
        known = translated.get((message.text, entry.msgctxt), entry)
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = known.msgstr_plural or {0: "", 1: "", 2: ""}
        else:
            entry.msgstr = known.msgstr
        entry.occurrences = [(name, "") for name in files]
        new.append(entry)
    new.save(str(path), newline="\n")
    return [entry.msgid for entry in new.untranslated_entries()]


if __name__ == "__main__":
    settings.configure()
    for catalogue in CATALOGUES:
        missing = refresh(catalogue)
        name = catalogue.relative_to(PACKAGE.parent)
        print(f"{name}: {len(missing)} texts without a translation", *missing, sep="\n  ")  # noqa: T201
