"""Curricula as their pages show them."""

import re
from dataclasses import dataclass

from openmission.curricula.rules import Curriculum, Session
from openmission.kernel.actors import Actor
from openmission.programs.rules import Text
from openmission.programs.selectors import latest_programs


@dataclass(frozen=True, slots=True)
class Sources:
    """The documents that a page cites, in the order in which it numbers them."""

    sources: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in the list of its curriculum: the numbers of those it builds on, and our title where the agency wrote
    its own.
    """

    session: Session
    builds_on: tuple[int, ...]
    our_title: Text | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The sessions around one: whose work it uses, which use its work, the one before and the one after."""

    builds_on: tuple[Session, ...]
    feeds: tuple[Session, ...]
    before: Session | None
    after: Session | None


def version_asked(words: str) -> int | None:
    """The version that an address names after `?version=`: work that began with an older one is led by it. None: no
    number is named, so the newest.
    """
    return int(words) if re.fullmatch("[1-9][0-9]{0,3}", words) else None


def cited_in(curriculum: Curriculum) -> Sources:
    cited = [curriculum.group.source, *(rule.source for rule in curriculum.due_rules.values())]
    return Sources(tuple(dict.fromkeys(source.document for source in cited)))


def session_rows(curriculum: Curriculum, shipped: Curriculum) -> list[SessionRow]:
    numbers = {session.slug: session.number for session in curriculum.sessions}
    return [
        SessionRow(
            session,
            tuple(numbers[slug] for slug in session.builds_on),
            ours.title if ours.title != session.title else None,
        )
        for session, ours in zip(curriculum.sessions, shipped.sessions, strict=True)
    ]


def phase_titles(viewer: Actor, curriculum: Curriculum, phases: tuple[str, ...]) -> list[Text]:
    """What a program that has the curriculum calls its phases. Raises `Refused`."""
    titles: dict[str, Text] = {}
    for published in latest_programs(viewer):
        if curriculum.component in published.program.components:
            titles |= {phase.slug: phase.title for phase in published.program.phases}
    return [titles[slug] for slug in phases if slug in titles]


def neighbours(curriculum: Curriculum, session: Session) -> Neighbours:
    by_number = {each.number: each for each in curriculum.sessions}
    return Neighbours(
        builds_on=tuple(curriculum.session(slug) for slug in session.builds_on),
        feeds=tuple(each for each in curriculum.sessions if session.slug in each.builds_on),
        before=by_number.get(session.number - 1),
        after=by_number.get(session.number + 1),
    )
