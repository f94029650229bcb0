"""The examples of the instructions are taken as they stand."""

import re
from typing import Any

import yaml
from django.conf import settings

from openmission.curricula.files import read_content
from openmission.curricula.rules import overlaid, parse_worksheet
from tests.curricula.shipped import content_of


def _example(name: str) -> Any:
    text = (settings.BASE_DIR / "docs" / "how-to" / name).read_text()
    found = re.search(r"```yaml\n(.*?)```", text, re.S)
    assert found
    return yaml.safe_load(found.group(1))


def test_the_example_of_a_worksheet_is_one(tmp_path: Any) -> None:
    file = tmp_path / "small_joys" / "v1.yaml"
    file.parent.mkdir()
    file.write_text(yaml.safe_dump(_example("add-a-worksheet.md")))
    sheet = parse_worksheet(read_content("worksheet", file))
    assert [field.kind for field in sheet.fields] == ["list", "linked"]


def test_the_example_of_an_overlay_lies_over_our_session() -> None:
    session = content_of("curriculum", "drt")["sessions"][3]
    shown = overlaid(session, _example("lay-licensed-wording-over-ours.md"))
    assert shown["title"]["es"] == "Su plan"
    assert shown["prompts"][2]["text"]["es"] == session["prompts"][2]["text"]["es"]


def test_every_kind_of_field_is_explained() -> None:
    text = (settings.BASE_DIR / "docs" / "how-to" / "add-a-worksheet.md").read_text()
    schema = yaml.safe_load((settings.BASE_DIR / "content" / "schemas" / "worksheet.json").read_text())
    kinds = schema["$defs"]["field"]["properties"]["kind"]["enum"]
    assert [kind for kind in kinds if f"| `{kind}` |" not in text] == []
