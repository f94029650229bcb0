"""What is due: the next session, make-ups, the worksheet, a booster, a curriculum that falls behind its phase.

Guide, Table 1 (13 weekly sessions in phases 1-2, boosters in 2-3) and "Participant Workbook Utilization"; texts, days
and sources are the curriculum's. No line ever takes something away: use and absence only add support (Table 3).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from openmission.care.rules.agenda import Action, DueItem, EnrollmentFacts, Fact, Message
from openmission.care.rules.agenda.items import severity_on
from openmission.curricula.rules import Curriculum, Session
from openmission.delivery.rules.course import every_days, expected_on, next_session, steps
from openmission.programs.rules import DueRule, Program, Severity, phase_on

SUPERVISOR, PEER = "supervisor", "peer_specialist"
READY = frozenset({"ready", "brought", "reviewed"})
OVERTAKEN = "overtaken"  # ready, before the list that it asks about grew


@dataclass(frozen=True, slots=True)
class Coming:
    """A group meeting to come of which the client is a member."""

    on: date
    session: str
    sheet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFacts:
    """Where one enrollment stands in one curriculum. `per_week`: sessions a week of its format. `coming`: the next
    meeting of the client's group, if one is planned; `sheets`: the states of worksheets; `declined_after`: the
    day of the slip after which a booster was offered and not wanted.
    """

    curriculum: Curriculum
    done: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    missed: Mapping[str, date] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)
    coming: Coming | None = None
    per_week: int = 1
    declined_after: date | None = None

    @property
    def last_on(self) -> date | None:
        """When the client last had a session of it."""
        return max((last for _first, last in self.done.values()), default=None)

    @property
    def steps(self) -> list[tuple[Session, str, date | None]]:
        return steps(self.curriculum, self.done, self.missed)

    @property
    def next(self) -> Session | None:
        return next_session(self.curriculum, self.done.keys())


def session_items(course: CourseFacts, facts: EnrollmentFacts, program: Program, on: date) -> tuple[DueItem, ...]:
    """The lines of one curriculum for one enrollment. A closed enrollment, or one whose program has not the component,
    needs nothing.
    """
    if facts.closed or course.curriculum.component not in program.components:
        return ()
    dates = list(_dates(course, facts, on))
    planned_on, planned, sheet = min(dates, key=lambda each: each[0], default=(None, None, ""))
    new = (day for day, session, _sheet in dates if session and session.slug not in course.done)
    now = _Now(course, facts, on, course.next, planned_on, planned, sheet, min(new, default=None))
    found = (_one_of([_make_up(now), _behind(now), _next(now)]), _worksheet(now), _booster(now, program))
    return tuple(item for item in found if item)


@dataclass(frozen=True, slots=True)
class _Now:
    """What all lines of a curriculum look at: `next` is the first session that was not given, `planned` the one of the
    nearest day `planned_on` to come, in the group or alone, `sheet` the worksheet that was chosen for that meeting;
    `new_on` the nearest day to come with a session that the client has not had.
    """

    course: CourseFacts
    facts: EnrollmentFacts
    on: date
    next: Session | None
    planned_on: date | None
    planned: Session | None
    sheet: str
    new_on: date | None

    def soon(self, after: date) -> bool:
        """A session that is new to the client has a day, at the latest one rhythm from now or on `after`."""
        return self.new_on is not None and self.new_on <= max(after, self.on + timedelta(days=self.rhythm))

    @property
    def rhythm(self) -> int:
        return every_days(self.course.per_week)

    def rule(self, slug: str) -> DueRule | None:
        return self.course.curriculum.due_rules.get(slug)


def _one_of(lines: Iterable[DueItem | None]) -> DueItem | None:
    """The first of the lines takes the place of the others and presses as much as any of them: who missed a session, or
    is behind, is never asked for less.
    """
    found = [item for item in lines if item]
    strongest = max((item.severity for item in found), default=None)
    return replace(found[0], severity=strongest) if strongest is not None else None


def _next(now: _Now) -> DueItem | None:
    """The next session. A planned meeting of the client's group, or an appointment, with a session that is new to them
    stands for the line when it keeps to the rhythm.
    """
    course, facts, rule = now.course, now.facts, now.course.curriculum.due_rules["next"]
    if now.next is None or not _in_phase(now):
        return None
    last_on = course.last_on
    first_on = facts.starts_on + timedelta(days=max(1, rule.within_days // max(course.per_week, 1)))
    due_on = last_on + timedelta(days=now.rhythm) if last_on else first_on
    severity = severity_on(rule, due_on, now.on)
    if severity is None or now.soon(due_on):
        return None
    why = (_given(course), Fact(Message("delivery.rhythm", {"days": now.rhythm, "per_week": course.per_week})))
    return _item("next", now, severity, due_on, now.next, why)


def _behind(now: _Now) -> DueItem | None:
    """The sessions are spread evenly over the phases that have them: who is behind by more than the rule's days (half
    of them with two a week), and has no day soon for a session that is new to them.
    """
    course, on, rule = now.course, now.on, _halved(now.course.curriculum.due_rules["behind"], now.course.per_week)
    spans = [span for span in now.facts.spans if span.phase in course.curriculum.phases]
    if now.next is None or not spans or now.soon(on):
        return None
    starts_on, ends_on, total = spans[0].starts_on, spans[-1].ends_on, len(course.curriculum.sessions)
    days = (ends_on - starts_on).days
    due_on = expected_on(len(course.done) + 1, total, starts_on, days) + timedelta(days=rule.within_days)
    severity = severity_on(rule, due_on, on)
    if severity is None:
        return None
    elapsed = min((on - starts_on).days, days)
    expected = min(total, elapsed * total // days) if days else total
    why = (_given(course), Fact(Message("delivery.expected", {"expected": expected, "total": total})))
    return _item("behind", now, severity, due_on, now.next, why, more={"expected": expected})


def _halved(rule: DueRule, per_week: int) -> DueRule:
    """The days of the rule, for a format with so many sessions a week."""
    steps = tuple((day // per_week, severity) for day, severity in rule.steps)
    return replace(rule, within_days=rule.within_days // per_week, steps=steps) if per_week > 1 else rule


def _make_up(now: _Now) -> DueItem | None:
    """The earliest session that was missed in the group; "Why?" names the others."""
    course, rule = now.course, now.course.curriculum.due_rules["make_up"]
    if not course.missed:
        return None
    missed = sorted(course.missed.items(), key=lambda each: (each[1], each[0]))
    slug, missed_on = missed[0]
    due_on = missed_on + timedelta(days=rule.within_days)
    severity = severity_on(rule, due_on, now.on)
    if severity is None:
        return None
    why = tuple(
        Fact(Message("delivery.missed", {**_told(course, _session(course, s)), "on": day})) for s, day in missed
    )
    more = {"more": len(missed) - 1}
    return _item("make_up", now, severity, due_on, _session(course, slug), why, since_on=missed_on, more=more)


def _worksheet(now: _Now) -> DueItem | None:
    """The sheets of a session that has a day: ready so many days before. The peer's line, until the day is over; it
    names the first that is not. One that was ready before its list grew is asked for until the session was given.
    """
    rule, day, session = now.rule("worksheet"), now.planned_on, now.planned
    if rule is None or day is None or session is None:
        return None
    ready = READY | {OVERTAKEN} if session.slug in now.course.done else READY
    unready = [sheet for sheet in to_prepare(session, now.sheet) if now.course.sheets.get(sheet) not in ready]
    due_on = day - timedelta(days=rule.within_days)
    severity = severity_on(rule, due_on, now.on)
    if not unready or severity is None:
        return None
    state = now.course.sheets.get(unready[0], "")
    why = (Fact(Message("delivery.planned", {**_told(now.course, session), "on": day})),)
    more = {"sheet": unready[0], "session_on": day, "state": state, "more": len(unready) - 1}
    return _item("worksheet", now, severity, due_on, session, why, role=PEER, more=more)


def to_prepare(session: Session, chosen: str = "") -> tuple[str, ...]:
    """The sheets of a session in their order, before them the one that was chosen for the meeting."""
    return tuple(sheet for sheet in dict.fromkeys((chosen, *session.worksheets)) if sheet)


def offers_booster(course: CourseFacts, used_on: date | None, program: Program, on: date) -> bool:
    """After a slip the session on relapse prevention is offered, once more or sooner, while support is closer: until it
    was given, or the client did not want it.
    """
    slug, for_days = course.curriculum.after_use, timedelta(days=program.closer_contact.for_days)
    if used_on is None or not slug or "booster" not in course.curriculum.due_rules or on > used_on + for_days:
        return False
    _first, last = course.done.get(slug, (None, None))
    return not any(day and day >= used_on for day in (last, course.declined_after))


def _booster(now: _Now, program: Program) -> DueItem | None:
    course, rule, used_on = now.course, now.rule("booster"), now.facts.use_reported_on
    if rule is None or used_on is None or not offers_booster(course, used_on, program, now.on):
        return None
    slug, due_on = course.curriculum.after_use, used_on + timedelta(days=rule.within_days)
    severity = severity_on(rule, due_on, now.on)
    if severity is None:
        return None
    why, more = (Fact(Message("delivery.slip", {"on": used_on})),), {"again": slug in course.done}
    return _item("booster", now, severity, due_on, _session(course, slug), why, since_on=used_on, more=more)


def _item(
    rule_slug: str,
    now: _Now,
    severity: Severity,
    due_on: date,
    session: Session,
    why: tuple[Fact, ...],
    *,
    role: str = "",
    since_on: date | None = None,
    more: Mapping[str, object] | None = None,
) -> DueItem:
    course, facts = now.course, now.facts
    rule = course.curriculum.due_rules[rule_slug]
    role = role or course.curriculum.led_by
    return DueItem(
        key=f"{rule_slug}:{course.curriculum.slug}",
        rule=f"delivery.{rule_slug}",
        enrollment_id=facts.enrollment_id,
        severity=severity,
        due_on=due_on,
        action=Action.OPEN,
        what=Message(
            f"delivery.{rule_slug}",
            {**_told(course, session), "due_on": due_on, "late": now.on > due_on, **(more or {})},
        ),
        why=why,
        rule_text=rule.text,
        source=rule.source,
        for_roles=(role,) if facts.role(role).holders else (SUPERVISOR,),
        since_on=since_on,
    )


def _told(course: CourseFacts, session: Session) -> dict[str, object]:
    """What a sentence needs to name a session; its title only where a source confirms it."""
    curriculum = course.curriculum
    title = session.title if curriculum.titles_verified else None
    return {
        "curriculum": curriculum.slug,
        "component": curriculum.component,
        "session": session.slug,
        "number": session.number,
        "title": title,
        "given": len(course.done),
        "total": len(curriculum.sessions),
    }


def _given(course: CourseFacts) -> Fact:
    params = {"given": len(course.done), "total": len(course.curriculum.sessions), "on": course.last_on}
    return Fact(Message("delivery.given" if course.done else "delivery.none_given", params))


def _in_phase(now: _Now) -> bool:
    """The curriculum's sessions are given in this phase, or in an earlier one that is over: then they are still due."""
    slugs = [span.phase for span in now.facts.spans]
    current, wanted = phase_on(now.on, now.facts.spans).phase, now.course.curriculum.phases
    return any(slug in wanted for slug in slugs[: slugs.index(current) + 1])


def _dates(course: CourseFacts, facts: EnrollmentFacts, on: date) -> Iterator[tuple[date, Session | None, str]]:
    if course.coming and course.coming.on >= on:
        yield course.coming.on, _session(course, course.coming.session), course.coming.sheet
    for appointment in facts.appointments:
        if appointment.component == course.curriculum.component and appointment.on >= on:
            yield appointment.on, course.next, ""


def _session(course: CourseFacts, slug: str) -> Session:
    return course.curriculum.session(slug)
