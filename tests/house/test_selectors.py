"""Every read names its viewer."""

from tests.house.source import of_kind, public


def test_every_selector_takes_the_viewer_first() -> None:
    faults = []
    for module in of_kind("selectors"):
        for function in public(module.functions()):
            arguments = [*function.args.posonlyargs, *function.args.args]
            if not arguments or arguments[0].arg != "viewer":
                faults.append(f"{module.at(function)} {function.name}")
    assert faults == []
