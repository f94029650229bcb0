"""What is printed of a curriculum: the sheet of who leads a session, and the poster of the round for the wall."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openmission.curricula.rules import Curriculum, Session, Worksheet, timetable
from openmission.curricula.words import PROMPTS, STEPS
from openmission.kernel.paper import pdf
from openmission.programs.rules import localized

HERE = Path(__file__).parent
FIRST_LETTER = re.compile(r"[^\W\d_]")


def agenda_pdf(
    curriculum: Curriculum, session: Session, sheets: Iterable[Worksheet], *, form: str, language: str
) -> bytes:
    """The agenda sheet of a session; `form` is group or individual. In the language that is active, as `language`."""
    steps = session.group if form == "group" else session.individual
    length = sum(step.minutes for step in steps)
    data: dict[str, Any] = {
        "language": language,
        "curriculum": localized(curriculum.title, language),
        "number": str(session.number),
        "of": _("Session %(number)s of %(count)s") % {"number": session.number, "count": len(curriculum.sessions)},
        "title": localized(session.title, language),
        "form": _("In a group") if form == "group" else _("One to one"),
        "minutes": ngettext("%d minute", "%d minutes", length) % length,
        "purpose": localized(session.purpose, language),
        "steps": [
            [f"{begins}–{ends}", str(STEPS[step.step]), localized(step.text, language)]
            for begins, ends, step in timetable(steps)
        ],
        "prompts": [[str(PROMPTS[prompt.do]), localized(prompt.text, language)] for prompt in session.prompts],
        "questions": [localized(text, language) for text in curriculum.check_in.questions],
        "answers": [
            [localized(answer.title, language), localized(answer.text, language)]
            for answer in curriculum.check_in.answers
        ],
        "homework": [localized(text, language) for text in session.homework],
        "worksheets": [localized(sheet.title, language) for sheet in sheets],
        "licence": session.licence,
        "labels": _labels(),
    }
    return pdf(HERE / "agenda.typ", data)


def _labels() -> dict[str, str]:
    return {
        "timetable": _("Timetable"),
        "prompts": _("What you may say or do"),
        "check_in": _("Check-in"),
        "homework": _("Until next time"),
        "worksheets": _("Worksheets"),
        "minute": _("Minute"),
        "part": _("Part"),
        "what": _("What happens"),
        "notes": _("Notes"),
        "date": _("Date"),
        "place": _("Place"),
        "next": _("Next time and place"),
        "no_names": _("Write no names here: this sheet stays on the table."),
    }


def outline_pdf(curriculum: Curriculum, *, language: str) -> bytes:
    """The poster of the round, in the language that is active, as `language`. What stands before the first colon of a
    text is its large word.
    """
    said = [localized(text, language).partition(": ") for text in curriculum.round_robin]
    data = {
        "language": language,
        "title": _("Our round"),
        "lead": _("Each of us, about a minute and a half. Say what you want the room to hear."),
        "items": [[word, FIRST_LETTER.sub(lambda letter: letter[0].upper(), rest, 1)] for word, _colon, rest in said],
        "pass": _("You may pass."),
        "pass_more": _("Passing is an answer too."),
        "stays": _("What others say stays here. If someone is in danger, staff get help."),
        "curriculum": localized(curriculum.title, language),
        "licence": curriculum.licence,
    }
    return pdf(HERE / "outline.typ", data)
