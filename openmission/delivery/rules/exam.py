"""The seven questions of the DRT status exam (guide, "DRT Status Exam Checklist"), asked at every DRT session.

Agenda set together; use since last time; motivation; mood and anxiety; medication; part taken in the topic; 12-step and
other treatment. "Pass" is an answer to each; empty means not asked. Scales of motivation 0-10 and mood 1-10 as in the
guide's round robin and our screens; substances and words of the choices are our own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

PASS = "pass"
CHOICES: dict[str, tuple[str, ...]] = {
    "agenda": ("together", "not_yet"),
    "use": ("none", "used"),
    "medication": ("as_prescribed", "some", "not_taken", "more", "changed", "none"),
    "topic": ("took_part", "listened", "left_early"),
}
SCALES = {"motivation": (0, 10), "mood": (1, 10), "anxiety": (1, 10)}
LISTS: dict[str, tuple[str, ...]] = {
    "substances": ("alcohol", "cannabis", "opioids", "stimulants", "sedatives", "other"),
    "supports": ("twelve_step", "treatment", "people", "none"),
}
ITEMS = ("agenda", "use", "motivation", "mood", "anxiety", "medication", "topic", "supports")
LOW_MOOD, HIGH_ANXIETY = 2, 9  # our default: at or beyond these the safety steps open; no MISSION document names any


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """The answers. `passed` names the items on which the client passed. `substances` go with use, and are optional."""

    agenda: str = ""
    use: str = ""
    substances: tuple[str, ...] = ()
    motivation: int | None = None
    mood: int | None = None
    anxiety: int | None = None
    medication: str = ""
    topic: str = ""
    supports: tuple[str, ...] = ()
    passed: frozenset[str] = field(default_factory=frozenset)

    @property
    def open_items(self) -> tuple[str, ...]:
        """What was neither answered nor passed."""
        return tuple(item for item in ITEMS if item not in self.passed and getattr(self, item) in ("", None, ()))

    @property
    def used(self) -> bool:
        return self.use == "used"


def exam_faults(exam: Exam) -> Iterator[str]:
    """The items whose answer cannot be: an unknown choice, a number off the scale, an answer beside a pass."""
    for item, choices in CHOICES.items():
        if getattr(exam, item) not in ("", *choices):
            yield item
    for item, (low, high) in SCALES.items():
        number = getattr(exam, item)
        if number is not None and not low <= number <= high:
            yield item
    for item, choices in LISTS.items():
        if not set(getattr(exam, item)) <= set(choices):
            yield item
    if not exam.passed <= set(ITEMS):
        yield "passed"
    for item in ITEMS:
        if item in exam.passed and getattr(exam, item) not in ("", None, ()):
            yield item


def worries(exam: Exam) -> tuple[str, ...]:
    """Answers that open the safety steps: codes `low_mood`, `high_anxiety`."""
    found = []
    if exam.mood is not None and exam.mood <= LOW_MOOD:
        found.append("low_mood")
    if exam.anxiety is not None and exam.anxiety >= HIGH_ANXIETY:
        found.append("high_anxiety")
    return tuple(found)


def exam_as_answers(exam: Exam) -> dict[str, Any]:
    """Item by item, a pass as "pass": as it is kept, compared and merged. What was not asked is left out."""
    said: dict[str, Any] = {item: PASS for item in ITEMS if item in exam.passed}
    for each in fields(exam):
        value = getattr(exam, each.name)
        if each.name != "passed" and value not in ("", None, ()):
            said[each.name] = sorted(value) if isinstance(value, tuple) else value
    return said


def exam_from_answers(answers: Mapping[str, Any]) -> Exam:
    """Undo `exam_as_answers`."""
    passed = frozenset(item for item in ITEMS if answers.get(item) == PASS)
    said = {name: value for name, value in answers.items() if name not in passed and value not in ("", None)}
    lists: dict[str, Any] = {name: tuple(said.pop(name)) for name in LISTS if name in said}
    return Exam(**said, **lists, passed=passed)
