"""One program version as frozen data. What each part means is told in `docs/how-to/add-a-program-version.md`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How a due line presses: waiting on somebody or a day, this week, today, now."""

    WAITING = 0
    WEEK = 1
    TODAY = 2
    NOW = 3


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in each language of the product."""

    en: str
    es: str


def localized(text: Text, language: str) -> str:
    """The words in `language` (``es``, ``es-pr``, ``en`` …); English for a language that we do not have."""
    return text.es if language.split("-")[0] == "es" else text.en


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or a number comes from: a document and the place in it."""

    document: Text
    place: Text


@dataclass(frozen=True, slots=True)
class Format:
    """A planned length, with the structured sessions a week that fit into it."""

    months: int
    sessions_per_week: int


@dataclass(frozen=True, slots=True)
class PairRole:
    """A role that every care team of the program fills. The first one listed leads."""

    role: str
    first_contact_within_days: int


@dataclass(frozen=True, slots=True)
class ContactExpectation:
    """In a phase, the role meets the client at least every so many days."""

    role: str
    every_days: int


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase; `share` is its weight in the length of the enrollment."""

    slug: str
    title: Text
    share: int
    contacts: tuple[ContactExpectation, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class PhaseLengths:
    """Why the shares of the phases are what they are."""

    text: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Criterion:
    """One eligibility question. `hmis` names what an HMIS record can say about it, if anything."""

    slug: str
    title: Text
    question: Text
    help: Text
    evidence_kinds: tuple[str, ...]
    source: Source
    hmis: str | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """A kind way on when the program does not fit; `asks` (nothing, text, date) is what the worker adds to it."""

    slug: str
    title: Text
    text: Text
    asks: str


@dataclass(frozen=True, slots=True)
class DocumentField:
    """A blank to fill in before signing: `kind` is text or date."""

    slug: str
    label: Text
    kind: str


@dataclass(frozen=True, slots=True)
class DocumentSpec:
    """A document of the enrollment, as paragraphs. One that is not required may be left unsigned for ever."""

    slug: str
    title: Text
    required: bool
    body: tuple[Text, ...]
    source: Source
    fields: tuple[DocumentField, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    slug: str
    title: Text
    source: Source


@dataclass(frozen=True, slots=True)
class OrientationTopic:
    """One topic of the introductory meeting; `group` is structure, goals or requirements."""

    slug: str
    group: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Orientation:
    minutes: int
    source: Source
    topics: tuple[OrientationTopic, ...]


@dataclass(frozen=True, slots=True)
class DueRule:
    """`steps` are (days from the due day, severity), in order: from that day on, at least that severity.

    `within_days` is counted from the first day of the enrollment, where the rule needs one.
    """

    slug: str
    text: Text
    steps: tuple[tuple[int, Severity], ...]
    source: Source
    within_days: int = 0


@dataclass(frozen=True, slots=True)
class OutreachLevel:
    """Reached by so many misses in a row, or so many days past the due contact (None: by misses only)."""

    reach: str
    misses: int
    overdue_days: int | None
    retry_days: int
    severity: Severity


@dataclass(frozen=True, slots=True)
class Outreach:
    """Assertive outreach: levels in rising order."""

    text: Text
    levels: tuple[OutreachLevel, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class CloserContact:
    """After a reported slip: contacts at least every so many days, for so many days."""

    text: Text
    every_days: int
    for_days: int
    source: Source


@dataclass(frozen=True, slots=True)
class Program:
    """One version of a program."""

    slug: str
    version: int
    licence: str
    title: Text
    summary: Text
    sources: tuple[Text, ...]
    components: frozenset[str]
    formats: tuple[Format, ...]
    pair: tuple[PairRole, ...]
    phases: tuple[Phase, ...]
    evidence_kinds: Mapping[str, Text]
    eligibility: tuple[Criterion, ...]
    not_eligible_next_steps: tuple[NextStep, ...]
    documents: tuple[DocumentSpec, ...]
    assessments: tuple[Assessment, ...]
    orientation: Orientation
    due_rules: Mapping[str, DueRule]
    outreach: Outreach
    closer_contact: CloserContact
    phase_lengths: PhaseLengths | None = None

    def __hash__(self) -> int:
        return hash((self.slug, self.version))

    def phase(self, slug: str) -> Phase:
        """The phase of that slug. Raises `KeyError`."""
        return {phase.slug: phase for phase in self.phases}[slug]

    @property
    def leading_role(self) -> str:
        """Who leads orientation, assessments and reviews: the case manager, or the peer where there is none."""
        return self.pair[0].role

    @property
    def required_documents(self) -> tuple[DocumentSpec, ...]:
        return tuple(document for document in self.documents if document.required)
