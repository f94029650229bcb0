"""Rules and events are plain Python: time is passed in, and nothing of Django is used."""

import ast

from tests.house.source import of_kind

CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "timezone.localdate"}
CLOCKS |= {"timezone.localtime", "time.time", "time.time_ns", "time.monotonic"}


def _called(node: ast.AST) -> str:
    """The last two names of a call: datetime.datetime.now() and datetime.now() are both "datetime.now"."""
    return ".".join(ast.unparse(node.func).split(".")[-2:]) if isinstance(node, ast.Call) else ""


def test_rules_and_events_never_look_at_the_clock() -> None:
    looks = [
        f"{module.at(node)} {_called(node)}"
        for module in [*of_kind("rules"), *of_kind("events")]
        for node in ast.walk(module.tree)
        if _called(node) in CLOCKS
    ]
    assert looks == []


def test_rules_and_events_do_not_use_django() -> None:
    uses = [
        module.at(node)
        for module in [*of_kind("rules"), *of_kind("events")]
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and "django" in ast.unparse(node)
    ]
    assert uses == []


def test_models_do_nothing_behind_the_services_back() -> None:
    """No `save()` override, no signal, no `Meta.ordering`."""
    faults = []
    for module in of_kind("models"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete"):
                faults.append(f"{module.at(node)} {node.name}()")
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ordering":
                faults.append(f"{module.at(node)} Meta.ordering")
            if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals":
                faults.append(f"{module.at(node)} signals")
    assert faults == []
