"""docs/reference/due-rules.md says the numbers of MISSION, version 1."""

from openmission.programs.rules import Severity
from tests.house.source import ROOT
from tests.programs.shipped import program_of

PAGE = (ROOT / "docs" / "reference" / "due-rules.md").read_text()
MISSION = program_of("mission")


def _row(first: str) -> list[str]:
    line = next(line for line in PAGE.splitlines() if line.startswith(f"| {first} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def _day(day: int | None) -> str:
    return "–" if day is None else str(day)


def test_every_rule_is_there_with_its_steps() -> None:
    for slug, rule in MISSION.due_rules.items():
        days = {severity: day for day, severity in rule.steps}
        row = _row(f"`{slug}`")
        assert row[2:5] == [_day(days.get(level)) for level in (Severity.WEEK, Severity.TODAY, Severity.NOW)], slug
        if rule.within_days:
            assert str(rule.within_days) in row[1]
    assert (
        _row("`first_contact`")[1] == f"day {', '.join(str(r.first_contact_within_days) for r in MISSION.pair)} by role"
    )
    every = ", ".join(str(phase.contacts[0].every_days) for phase in MISSION.phases)
    assert _row("`contact`")[1].startswith(f"{every} days")


def test_every_level_of_outreach_is_there() -> None:
    for level in MISSION.outreach.levels:
        severity = level.severity.name.lower()
        expected = [level.reach, str(level.misses), _day(level.overdue_days), severity, str(level.retry_days)]
        assert _row(level.reach) == expected
    closer = MISSION.closer_contact
    assert f"at least every {closer.every_days} days, for {closer.for_days} days" in PAGE
