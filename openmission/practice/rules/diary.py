"""What happens on which day: the contacts of a life, drawn by chance around what the program expects."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from openmission.practice.rules.cast import Life, Turn
from openmission.programs.rules import PhaseSpan, Program, phase_on

CASE_MANAGER, PEER = "case_manager", "peer_specialist"
PAIR = (CASE_MANAGER, PEER)
ABOUT = {
    CASE_MANAGER: ("cti", "cti", "drt", "drt", "housing", "vocational", "trauma"),
    PEER: ("peer", "peer", "peer", "housing", "vocational"),
}
PLACES = ("home", "office", "community", "home", "shelter", "street", "hospital")
MODES = ("in_person",) * 6 + ("phone", "phone", "video", "text")
MINUTES = {"in_person": (30, 45, 45, 60, 90), "phone": (10, 15, 20), "video": (30, 45), "text": (5,)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One contact to be. `roles` of the pair take part; `planned`: there was an appointment for it."""

    on: date
    hour: int
    minute: int
    roles: tuple[str, ...]
    component: str
    outcome: str = "met"
    mode: str = "in_person"
    place: str = "office"
    minutes: int = 45
    with_whom: str = "client"
    slip: bool = False
    planned: bool = False


def diary(
    life: Life,
    roles: tuple[str, ...],
    program: Program,
    spans: tuple[PhaseSpan, ...],
    until: date,
    today: date,
    rng: Random,
) -> list[Entry]:
    """The contacts of one enrollment in the order of time: those up to yesterday happened, later ones are planned.

    `roles` are those of the pair that somebody holds; `until` is the last day looked at. The rhythm is the program's
    (contacts expected by role and phase); around it come missed and cancelled ones and talks with others; the end is
    what the life's turn says.
    """
    if life.turn == Turn.FIRST_DAY:
        return []
    last = today - timedelta(days=QUIET[life.turn]) if life.turn in QUIET else until
    entries = [
        entry
        for row in program.pair
        if row.role in roles
        for entry in _rhythm(row.role, row.first_contact_within_days, program, spans, last, rng)
    ]
    entries = _joined(life, entries, rng)
    if life.turn == Turn.STARTING:
        entries = [entry for entry in entries if entry.on > today or PEER not in entry.roles]
    if life.turn == Turn.LONG:
        entries += _every_day(spans[0].starts_on, today, rng)
    entries += [around for entry in entries for around in _around(entry, spans[0].starts_on, rng)]
    entries += ENDINGS[life.turn](today, rng) if life.turn in ENDINGS else []
    if not program.components:  # linkage only: a contact is about no part of the program
        entries = [replace(entry, component="") for entry in entries]
    return sorted(entries, key=lambda e: (e.on, e.hour, e.minute, e.roles))


def _rhythm(
    role: str, within: int, program: Program, spans: tuple[PhaseSpan, ...], last: date, rng: Random
) -> list[Entry]:
    first = spans[0].starts_on + timedelta(days=1)
    entries, day = [], first + timedelta(days=rng.randint(0, max(within - 2, 0)))
    while day <= last:
        entries.append(_entry(max(_workday(day), first), role, rng, planned=rng.random() < 0.6))
        expected = program.phase(phase_on(day, spans).phase).contacts
        every = min((contact.every_days for contact in expected if contact.role == role), default=30)
        day += timedelta(days=every - rng.randint(0, max(every // 5, 1)))
    return entries


def _workday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _entry(on: date, role: str, rng: Random, **fixed: object) -> Entry:
    mode = rng.choice(MODES)
    drawn = Entry(
        on=on,
        hour=rng.randint(9, 16),
        minute=rng.choice((0, 15, 30, 45)),
        roles=(role,),
        component=ABOUT[role][0] if mode == "text" else rng.choice(ABOUT[role]),
        mode=mode,
        place=rng.choice(PLACES) if mode == "in_person" else "",
        minutes=rng.choice(MINUTES[mode]),
    )
    return replace(drawn, **fixed)  # type: ignore[arg-type]


def _joined(life: Life, entries: list[Entry], rng: Random) -> list[Entry]:
    """Where both are due within two days, they sometimes go together: one joint contact instead of two."""
    often = 0.8 if life.turn == Turn.JOINT else 0.2
    kept = [entry for entry in entries if entry.roles != (PEER,)]
    for entry in (entry for entry in entries if entry.roles == (PEER,)):
        near = next(
            (n for n, e in enumerate(kept) if e.roles == (CASE_MANAGER,) and abs((e.on - entry.on).days) <= 2), None
        )
        if near is not None and rng.random() < often:
            kept[near] = replace(kept[near], roles=PAIR, mode="in_person", place="home", minutes=60)
        else:
            kept.append(entry)
    return kept


def _every_day(first: date, today: date, rng: Random) -> list[Entry]:
    """A long and close history: on most working days a text, a call or a visit besides the rhythm."""
    days = [first + timedelta(days=n) for n in range(1, (today - first).days)]
    return [
        _entry(day, rng.choice((PEER, PEER, CASE_MANAGER)), rng)
        for day in days
        if day.weekday() < 5
        for _ in range(rng.choice((0, 1, 2, 2, 2)))
    ]


def _around(entry: Entry, first: date, rng: Random) -> list[Entry]:
    """What sometimes comes a day or two before a meeting: a no-show, a cancelled one, a talk with somebody else."""
    before = _workday(entry.on - timedelta(days=rng.randint(1, 2)))
    chance = rng.random()
    if before <= first or chance > 0.2:
        return []
    role = entry.roles[0]
    if chance < 0.07:
        return [_entry(before, role, rng, outcome="no_show", mode="in_person", place="office", minutes=0, planned=True)]
    if chance < 0.11:
        return [_entry(before, role, rng, outcome="cancelled", mode="phone", place="", minutes=0, planned=True)]
    whom = rng.choice(("landlord", "provider", "provider", "family", "court"))
    return [_entry(before, role, rng, with_whom=whom, mode="phone", place="", minutes=15, component=TOPIC[whom])]


TOPIC = {"landlord": "housing", "provider": "cti", "family": "peer", "court": "cti"}

# From how many days back on nothing of the rhythm happens any more: the ending takes over.
QUIET = {Turn.DRIFTING: 17, Turn.LOST: 35, Turn.MISSED: 9, Turn.SLIP: 8, Turn.PUT_OFF: 16, Turn.HANDED: 16}


def _back(today: date, days: int, role: str, rng: Random, **fixed: object) -> Entry:
    return _entry(today - timedelta(days=days), role, rng, **{"mode": "in_person", "place": "office", **fixed})


def _vain(today: date, days: int, role: str, rng: Random, mode: str = "in_person") -> Entry:
    place = "shelter" if mode == "in_person" else ""
    return _back(today, days, role, rng, outcome="tried", mode=mode, place=place, minutes=0)


def _no_show(today: date, days: int, rng: Random) -> Entry:
    return _back(today, days, CASE_MANAGER, rng, outcome="no_show", minutes=0, planned=True)


def _drifting(today: date, rng: Random) -> list[Entry]:
    """Met 16 days ago, since then a no-show, a call and a visit that found nobody."""
    return [
        _back(today, 16, CASE_MANAGER, rng, place="shelter", minutes=30),
        _no_show(today, 10, rng),
        _vain(today, 8, PEER, rng, mode="phone"),
        _vain(today, 5, PEER, rng),
    ]


def _lost(today: date, rng: Random) -> list[Entry]:
    """Not met for five weeks, sought again and again: the whole team looks now."""
    tries = [_vain(today, days, PEER, rng) for days in (24, 17, 9, 4)]
    return [_back(today, 34, PEER, rng, minutes=45), _no_show(today, 27, rng), *tries]


def _missed(today: date, rng: Random) -> list[Entry]:
    """Met last week by both; yesterday's appointment passed without the client."""
    return [_back(today, 8, CASE_MANAGER, rng, roles=PAIR, place="home", minutes=45), _no_show(today, 1, rng)]


def _slip(today: date, rng: Random) -> list[Entry]:
    """The client told the peer of a slip, and the case manager came closer the day after."""
    return [
        _back(today, 7, PEER, rng, slip=True, place="community", minutes=60),
        _back(today, 6, CASE_MANAGER, rng, mode="phone", place="", minutes=20, component="cti"),
    ]


def _due_since_yesterday(today: date, rng: Random) -> list[Entry]:
    """Met by both 15 days ago, in a phase of every two weeks."""
    return [_back(today, 15, CASE_MANAGER, rng, roles=PAIR, minutes=45)]


ENDINGS = {
    Turn.DRIFTING: _drifting,
    Turn.LOST: _lost,
    Turn.MISSED: _missed,
    Turn.SLIP: _slip,
    Turn.PUT_OFF: _due_since_yesterday,
    Turn.HANDED: _due_since_yesterday,
}
