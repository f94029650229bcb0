"""Every change is one service call: it takes who and when, and it leaves an event."""

import ast
from collections import Counter

from tests.house.source import Module, of_kind, public

LOG_ITSELF = "audit"


def _services() -> list[tuple[Module, ast.FunctionDef]]:
    return [(module, function) for module in of_kind("services") for function in public(module.functions())]


def _calls(function: ast.FunctionDef) -> set[str]:
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    }


def test_every_service_takes_by_and_at_by_keyword() -> None:
    faults = [
        f"{module.at(function)} {function.name}"
        for module, function in _services()
        if not {"by", "at"} <= {argument.arg for argument in function.args.kwonlyargs}
    ]
    assert faults == []


def test_every_service_records_an_event() -> None:
    """Directly, or through a function that does: its module's own or another service."""
    calls: dict[tuple[str, str], set[str]] = {}
    for module in of_kind("services"):
        for function in module.functions():
            place = module.name if function.name.startswith("_") else ""
            calls[place, function.name] = {"record"} if function.name == "record" else _calls(function)
    recording = {("", "record")}
    grown = True
    while grown:
        found = {
            (place, name)
            for (place, name), called in calls.items()
            if any(("", other) in recording or (place_of, other) in recording for other in called for place_of in [place])
        }
        grown = not found <= recording
        recording |= found
    silent = [
        f"{module.at(function)} {function.name}"
        for module, function in _services()
        if module.room != LOG_ITSELF and ("", function.name) not in recording
    ]
    assert silent == []


def test_the_name_of_a_service_is_unique_in_the_house() -> None:
    names = Counter(function.name for _, function in _services())
    assert [name for name, count in names.items() if count > 1] == []
