"""Only services write: no ORM write and no SQL that writes anywhere else."""

import ast
import re

from tests.house.source import modules

ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WITHOUT_POSITIONAL = {"save", "create", "update", "delete"}  # unlike dict.update(d), cache.delete(key)
ALLOWED = {
    "openmission.kernel.jobs": "the queue's table belongs to its library",
}
BY_HAND = re.compile(r"\s*(INSERT INTO|UPDATE \w|DELETE FROM|REPLACE INTO|COPY )")
MEASURED = "openmission.practice.bulk"  # invented clients by the thousand, for script/bench; its docstring says why


def _writes(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    return node.func.attr in ALWAYS or (node.func.attr in WITHOUT_POSITIONAL and not node.args)


def test_only_services_write() -> None:
    writes = [
        f"{module.at(node)} {ast.unparse(node.func)}"
        for module in modules()
        if module.kind != "services" and module.name not in ALLOWED
        for node in ast.walk(module.tree)
        if _writes(node) and isinstance(node, ast.Call)
    ]
    assert writes == []


def test_only_services_write_sql() -> None:
    written = [
        module.at(node)
        for module in modules()
        if module.kind != "services" and not f"{module.name}.".startswith(f"{MEASURED}.")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and BY_HAND.match(node.value)
    ]
    assert written == []
