"""Housing status: one of five words, from what HMIS last knew about where the person lives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

HOMELESS, AT_RISK, RECENTLY_EXITED, HOUSED, UNKNOWN = "homeless", "at_risk", "recently_exited", "housed", "unknown"
STATUSES = (HOMELESS, AT_RISK, RECENTLY_EXITED, HOUSED, UNKNOWN)

DIED = "24"
"""Destination 24 (list 3.12): the person has died. They stay on the list, said kindly, and cannot be referred."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a file that finding people reads: of which `export`, its place there, its own id, its values."""

    file: str
    key: str
    row: int
    data: Mapping[str, str]
    export: str = ""


@dataclass(frozen=True, slots=True)
class Families:
    """The content file `codes/hmis-fy2026/housing.yaml`: codes by family, kinds of projects, what counts as recent."""

    homeless: frozenset[str]
    at_risk: frozenset[str]
    housed: frozenset[str]
    homeless_projects: frozenset[str]
    prevention_projects: frozenset[str]
    permanent_projects: frozenset[str]
    recent_days: int

    @classmethod
    def from_content(cls, data: Mapping[str, Any]) -> "Families":
        codes = {
            name: frozenset(map(str, data[name]))
            for name in (
                "homeless",
                "at_risk",
                "housed",
                "homeless_projects",
                "prevention_projects",
                "permanent_projects",
            )
        }
        return cls(**codes, recent_days=data["recent_days"])

    def of(self, situation: str) -> str:
        """Return the family of one living situation or destination; "" when it says nothing."""
        for family, codes in ((HOMELESS, self.homeless), (AT_RISK, self.at_risk), (HOUSED, self.housed)):
            if situation in codes:
                return family
        return ""

    def at_entry(self, situation: str, project_type: str) -> str:
        """Return the family that an entry speaks for: the project entered can say more than the night before it."""
        if project_type in self.homeless_projects:
            return HOMELESS
        family = self.of(situation)
        return AT_RISK if family == HOUSED and project_type in self.prevention_projects else family


_WITHIN_DAY = {"entry": 0, "situation": 1, "exit": 2, "move_in": 3}
"""On one day: where they slept the night before, where they are, where they go, where they moved in."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One thing HMIS says about where the person lives. `kind`: entry, situation, exit or move_in.

    `family` is "" when the answer is not known; `code` is the answer; `entry` is where it stands.
    """

    on: date
    kind: str
    family: str
    code: str
    project_type: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Status:
    """The word, since when, the stays that decided it, and the last stay when it came later but told nothing."""

    word: str
    since: date | None
    because: tuple[Stay, ...]
    silent: Stay | None

    @property
    def died(self) -> bool:
        return self.silent is not None and self.silent.code == DIED


def housing_status(stays: Iterable[Stay], families: Families, *, on: date) -> Status:
    """Return the housing status on the day up to which the export speaks.

    The latest stay with a known answer decides: homeless and at risk as they are. Housed is *recently exited* when the
    present run of housed stays began at most `recent_days` before `on` and the person was homeless before it.
    An unknown answer never replaces a known one (issue 2, D: 8, 9, 99 and blank are not known), with one exception:
    nothing is known of somebody who has died.
    """
    ordered = sorted(stays, key=lambda stay: (stay.on, _WITHIN_DAY[stay.kind], stay.entry.file, stay.entry.row))
    known = [stay for stay in ordered if stay.family]
    silent = ordered[-1] if ordered and not ordered[-1].family else None
    if not known or (silent and silent.code == DIED):
        return Status(UNKNOWN, None, (), silent)
    last = known[-1]
    if last.family != HOUSED:
        return Status(last.family, last.on, (last,), silent)
    start = len(known)
    while start and known[start - 1].family == HOUSED:
        start -= 1
    moved = known[start]
    before = [stay for stay in known[:start] if stay.family == HOMELESS]
    if before and (on - moved.on).days <= families.recent_days:
        return Status(RECENTLY_EXITED, moved.on, (before[-1], moved), silent)
    return Status(HOUSED, moved.on, (last,), silent)
