"""What is answered in a session: the seven questions, attendance, notes that name nobody."""

from random import Random
from typing import Any

from openmission.delivery.rules.exam import PASS

ATTENDANCE = ("present",) * 15 + ("late", "late", "absent", "excused")
SUPPORTS = (["people"], ["twelve_step"], ["people", "twelve_step"], ["treatment"], ["none"])
MEDICATION = ("as_prescribed",) * 5 + ("some", "changed", "none")
SUBSTANCES = (["alcohol"], ["cannabis"], ["alcohol", "cannabis"], ["stimulants"])
IN_GROUP = (
    "Spoke early and with care. Wants to bring the sheet next week.",
    "Was quiet at first, then told what helped on Sunday evening.",
    "Laughed a good deal today. Sees how tired days and wishes to use go together.",
    "Read one line of the sheet aloud and asked what others do at night.",
    "Passed on two questions and thanked the circle for the patience.",
    "Came with the homework done. Would like more time for it at home.",
    "Talked about work and how good a short walk is after it.",
    "Said that the week was long. Stayed to the end and helped with the chairs.",
)
MISSED = ("Called in the morning: a cold.", "The bus did not come. Will ring tomorrow.", "No word today; will call.")
MADE_UP = "Caught up on what the group did. Took the sheet home."


def answers(rng: Random, *, used: bool = False) -> dict[str, Any]:
    """The seven questions as a calm week answers them, now and then with a pass. No answer opens the safety steps."""
    mood = rng.randint(4, 9)
    said: dict[str, Any] = {
        "agenda": "together",
        "use": "used" if used else "none",
        "motivation": rng.randint(4, 9),
        "mood": mood,
        "anxiety": max(2, min(8, 11 - mood + rng.randint(-1, 1))),
        "medication": rng.choice(MEDICATION),
        "topic": rng.choice(("took_part", "took_part", "listened")),
        "supports": rng.choice(SUPPORTS),
    }
    if used:
        said["substances"] = rng.choice(SUBSTANCES)
    elif rng.random() < 0.15:
        said[rng.choice(("use", "mood", "anxiety", "medication", "motivation", "supports"))] = PASS
    return said


def in_group(rng: Random, *, slips: float = 0.04) -> dict[str, Any]:
    """What is recorded about one member of a meeting; who is not there is missed, and not asked."""
    attendance = rng.choice(ATTENDANCE)
    if attendance in ("absent", "excused"):
        return {"attendance": attendance, "note": rng.choice(MISSED)}
    note = rng.choice(IN_GROUP) if rng.random() < 0.6 else ""
    return {"attendance": attendance, "exam": answers(rng, used=rng.random() < slips), "note": note}
