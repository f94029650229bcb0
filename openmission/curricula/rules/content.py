"""One version of a curriculum, a worksheet, a checklist as frozen data. The schemas in `content/schemas` say more.

`permission` is the one under which an agency's wording lies over some of ours; empty: all words are ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from openmission.programs.rules import DueRule, Source, Text


@dataclass(frozen=True, slots=True)
class Prompt:
    """What who leads may do or say; `do` is explain, show, ask, discuss, practice, share or remember."""

    do: str
    text: Text


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a session's arc, with its minutes."""

    step: str
    minutes: int
    text: Text


def timetable(steps: tuple[Step, ...]) -> list[tuple[int, int, Step]]:
    """(from minute, to minute, step), counted from the session's beginning."""
    ends = accumulate(step.minutes for step in steps)
    return [(end - step.minutes, end, step) for end, step in zip(ends, steps, strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One unit of a curriculum; `number` is its place. `worksheets` are slugs, the first is the session's own."""

    slug: str
    number: int
    licence: str
    title: Text
    workbook_pages: str
    purpose: Text
    about: Text
    prompts: tuple[Prompt, ...]
    individual: tuple[Step, ...]
    group: tuple[Step, ...]
    worksheets: tuple[str, ...]
    homework: tuple[Text, ...]
    builds_on: tuple[str, ...]
    source: Source
    permission: str = ""


@dataclass(frozen=True, slots=True)
class GroupSize:
    """How many members and how many minutes a group has; outside it a page warns, and nothing is forbidden."""

    least: int
    most: int
    least_minutes: int
    most_minutes: int
    source: Source


@dataclass(frozen=True, slots=True)
class Answer:
    """How who leads meets what somebody may say: `title` is what, `text` is how."""

    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The questions of a session's check-in by name, and how who leads meets what is said; both empty: it has none."""

    questions: tuple[Text, ...] = ()
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Curriculum:
    """One version of a curriculum. A program has it when it has the `component`. `round_robin` is what each member of a
    group may say in turn; empty: nothing in particular.
    """

    slug: str
    version: int
    licence: str
    component: str
    led_by: str
    title: Text
    summary: Text
    titles_verified: bool
    status_exam: bool
    phases: tuple[str, ...]
    booster_phases: tuple[str, ...]
    after_use: str
    group: GroupSize
    sessions: tuple[Session, ...]
    due_rules: Mapping[str, DueRule]
    round_robin: tuple[Text, ...] = ()
    check_in: CheckIn = CheckIn()
    permission: str = ""

    def __hash__(self) -> int:
        return hash((self.slug, self.version))

    @property
    def slugs(self) -> frozenset[str]:
        """Those of its sessions."""
        return frozenset(session.slug for session in self.sessions)

    def session(self, slug: str) -> Session:
        """The session of that slug. Raises `KeyError`."""
        return {session.slug: session for session in self.sessions}[slug]


@dataclass(frozen=True, slots=True)
class Option:
    slug: str
    label: Text
    help: Text | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole numbers from `low` to `high`, with what the ends mean."""

    low: int
    high: int
    low_means: Text
    high_means: Text


@dataclass(frozen=True, slots=True)
class Column:
    """A cell of each row: `kind` is text, scale or choice."""

    slug: str
    kind: str
    label: Text
    scale: Scale | None = None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Over:
    """The items of a field of another sheet (or an earlier one of the same); of a table, `column` names each."""

    sheet: str
    field: str
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One exercise of a sheet; `kind` is one of the closed set of the schema, and says which of the rest it has."""

    slug: str
    kind: str
    label: Text
    heading: Text | None = None
    help: Text | None = None
    example: Text | None = None
    most: int = 0
    scale: Scale | None = None
    options: tuple[Option, ...] = ()
    own: bool = False
    lanes: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Option, ...] = ()
    over: Over | None = None
    pick: bool = False
    parts: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet:
    """One version of a worksheet. `repeatable`: it is filled in again at any time, and the fillings are compared."""

    slug: str
    version: int
    licence: str
    title: Text
    intro: Text
    workbook_pages: str
    source: Source
    position: int
    repeatable: bool
    fields: tuple[Field, ...]
    permission: str = ""

    def field(self, slug: str) -> Field:
        """The field of that slug. Raises `KeyError`."""
        return {field.slug: field for field in self.fields}[slug]


@dataclass(frozen=True, slots=True)
class ChecklistStep:
    """`required`: the list is not done without it."""

    slug: str
    title: Text
    text: Text
    source: Source
    required: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """Steps that are gone through in order."""

    slug: str
    version: int
    licence: str
    title: Text
    intro: Text
    steps: tuple[ChecklistStep, ...]
