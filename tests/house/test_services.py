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
    """Directly, or through a function that does: a private one of its module, or another service."""
    functions = [(module, function) for module in of_kind("services") for function in module.functions()]
    recording: set[str] = {"record"}  # names of services; private functions with their module before them

    def name(module: Module, function: str) -> str:
        return f"{module.name} {function}" if function.startswith("_") else function

    grown = True
    while grown:
        before = len(recording)
        recording |= {
            name(module, function.name)
            for module, function in functions
            if any(name(module, called) in recording for called in _calls(function))
        }
        grown = len(recording) > before
    silent = [
        f"{module.at(function)} {function.name}"
        for module, function in _services()
        if module.room != LOG_ITSELF and function.name not in recording
    ]
    assert silent == []


def test_the_name_of_a_service_is_unique_in_the_house() -> None:
    names = Counter(function.name for _, function in _services())
    assert [name for name, count in names.items() if count > 1] == []
