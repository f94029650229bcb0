"""From a content file, already checked against its schema, to a `Program`."""

from itertools import pairwise
from typing import Any

from openmission.programs.rules import content as c

ALWAYS = ("pair", "first_contact", "contact", "appointment", "discharge")


class IncoherentProgram(ValueError):
    """The file fits the schema but its parts contradict each other; the text says where."""


def parse_program(data: dict[str, Any]) -> c.Program:
    """Return the program that `data` describes. Raises `IncoherentProgram`."""
    _check(data)

    def source(row: dict[str, Any]) -> c.Source:
        return c.Source(_words(data["sources"][row["source"]["in"]]), _words(row["source"]["at"]))

    lengths = data.get("phase_lengths")
    return c.Program(
        slug=data["slug"],
        version=data["version"],
        licence=data["licence"],
        title=_text(data["title"]),
        summary=_text(data["summary"]),
        sources=tuple(sorted(map(_words, data["sources"].values()), key=lambda document: document.en)),
        components=frozenset(name for name, on in data["components"].items() if on),
        formats=tuple(c.Format(**row) for row in data["formats"]),
        pair=tuple(c.PairRole(**row) for row in data["pair"]),
        phases=tuple(_phase(row, source(row)) for row in data["phases"]),
        evidence_kinds={slug: _text(label) for slug, label in data["evidence_kinds"].items()},
        eligibility=tuple(_criterion(row, source(row)) for row in data["eligibility"]),
        not_eligible_next_steps=tuple(_next_step(row) for row in data["not_eligible_next_steps"]),
        documents=tuple(_document(row, source(row)) for row in data["documents"]),
        assessments=tuple(c.Assessment(row["slug"], _text(row["title"]), source(row)) for row in data["assessments"]),
        orientation=_orientation(data["orientation"], source(data["orientation"])),
        due_rules={row["slug"]: _due_rule(row, source(row)) for row in data["due_rules"]},
        outreach=_outreach(data["outreach"], source(data["outreach"])),
        closer_contact=_closer_contact(data["closer_contact"], source(data["closer_contact"])),
        phase_lengths=c.PhaseLengths(_text(lengths["text"]), source(lengths)) if lengths else None,
    )


def _phase(row: dict[str, Any], source: c.Source) -> c.Phase:
    return c.Phase(
        slug=row["slug"],
        title=_text(row["title"]),
        share=row["share"],
        contacts=tuple(c.ContactExpectation(**contact) for contact in row["contacts"]),
        source=source,
    )


def _criterion(row: dict[str, Any], source: c.Source) -> c.Criterion:
    return c.Criterion(
        slug=row["slug"],
        title=_text(row["title"]),
        question=_text(row["question"]),
        help=_text(row["help"]),
        evidence_kinds=tuple(row["evidence_kinds"]),
        source=source,
        hmis=row.get("hmis"),
    )


def _next_step(row: dict[str, Any]) -> c.NextStep:
    return c.NextStep(slug=row["slug"], title=_text(row["title"]), text=_text(row["text"]), asks=row["asks"])


def _closer_contact(row: dict[str, Any], source: c.Source) -> c.CloserContact:
    return c.CloserContact(_text(row["text"]), every_days=row["every_days"], for_days=row["for_days"], source=source)


def _text(pair: dict[str, str]) -> c.Text:
    return c.Text(en=pair["en"], es=pair["es"])


def _words(words: dict[str, str] | str) -> c.Text:
    """A string stands for both languages."""
    return c.Text(words, words) if isinstance(words, str) else _text(words)


def _document(row: dict[str, Any], source: c.Source) -> c.DocumentSpec:
    return c.DocumentSpec(
        slug=row["slug"],
        title=_text(row["title"]),
        required=row["required"],
        body=tuple(_text(paragraph) for paragraph in row["body"]),
        source=source,
        fields=tuple(
            c.DocumentField(slug=field["slug"], label=_text(field["label"]), kind=field["kind"])
            for field in row.get("fields", ())
        ),
    )


def _orientation(row: dict[str, Any], source: c.Source) -> c.Orientation:
    topics = tuple(
        c.OrientationTopic(slug=t["slug"], group=t["group"], title=_text(t["title"]), text=_text(t["text"]))
        for t in row["topics"]
    )
    return c.Orientation(minutes=row["minutes"], source=source, topics=topics)


def _due_rule(row: dict[str, Any], source: c.Source) -> c.DueRule:
    steps = sorted((day, c.Severity[name.upper()]) for name, day in row["steps"].items())
    return c.DueRule(
        slug=row["slug"],
        text=_text(row["text"]),
        steps=tuple(steps),
        source=source,
        within_days=row.get("within_days", 0),
    )


def _outreach(row: dict[str, Any], source: c.Source) -> c.Outreach:
    levels = tuple(
        c.OutreachLevel(
            reach=level["reach"],
            misses=level["misses"],
            overdue_days=level.get("overdue_days"),
            retry_days=level["retry_days"],
            severity=c.Severity[level["severity"].upper()],
        )
        for level in row["levels"]
    )
    return c.Outreach(text=_text(row["text"]), levels=levels, source=source)


def _check(data: dict[str, Any]) -> None:
    """Refuse what a schema cannot see."""
    faults = [*_unknown_names(data), *_missing_rules(data), *_twice(data), *_falling(data)]
    if faults:
        raise IncoherentProgram(f"{data['slug']} version {data['version']}: " + "; ".join(faults))


def _unknown_names(data: dict[str, Any]) -> list[str]:
    faults = []
    roles = {row["role"] for row in data["pair"]}
    for phase in data["phases"]:
        strangers = {contact["role"] for contact in phase["contacts"]} - roles
        faults += [f"phases/{phase['slug']}: {role} is not in the pair" for role in sorted(strangers)]
    for criterion in data["eligibility"]:
        strangers = set(criterion["evidence_kinds"]) - set(data["evidence_kinds"])
        faults += [f"eligibility/{criterion['slug']}: unknown evidence kind {kind}" for kind in sorted(strangers)]
    named = {place for part in data.values() for place in _sources_of(part)}
    return faults + [f"sources: {name} is named but not listed" for name in sorted(named - set(data["sources"]))]


def _missing_rules(data: dict[str, Any]) -> list[str]:
    """A line that no program may lose: nobody falls through."""
    listed = {rule["slug"] for rule in data["due_rules"]}
    return [f"due_rules: {slug} is missing" for slug in ALWAYS if slug not in listed]


def _sources_of(part: Any) -> set[str]:
    """Every source name used anywhere inside `part`."""
    if isinstance(part, list):
        return {name for row in part for name in _sources_of(row)}
    if not isinstance(part, dict):
        return set()
    own = {part["source"]["in"]} if isinstance(part.get("source"), dict) else set()
    return own | {name for row in part.values() for name in _sources_of(row)}


def _twice(data: dict[str, Any]) -> list[str]:
    lists = {part: [row["slug"] for row in rows] for part, rows in data.items() if _is_slugged(rows)}
    lists["orientation/topics"] = [row["slug"] for row in data["orientation"]["topics"]]
    lists["pair"] = [row["role"] for row in data["pair"]]
    lists["formats"] = [row["months"] for row in data["formats"]]
    return [f"{part}: something is listed twice" for part, slugs in lists.items() if len(slugs) != len(set(slugs))]


def _is_slugged(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) and "slug" in row for row in rows)


def _falling(data: dict[str, Any]) -> list[str]:
    """Time and misses may only raise a severity: relapse and absence never lower support (guide, Table 3, phase 2)."""
    faults = []
    for rule in data["due_rules"]:
        days = [rule["steps"][name] for name in ("week", "today", "now") if name in rule["steps"]]
        if days != sorted(set(days)):
            faults.append(f"due_rules/{rule['slug']}: steps must come in the order week, today, now")
    levels = data["outreach"]["levels"]
    for low, high in pairwise(levels):
        rises = (
            high["misses"] > low["misses"]
            and high.get("overdue_days", 0) > low.get("overdue_days", 0)
            and high["retry_days"] <= low["retry_days"]
            and ("week", "today", "now").index(high["severity"]) >= ("week", "today", "now").index(low["severity"])
        )
        if not rises:
            faults.append(f"outreach: level {high['reach']} must ask for more than level {low['reach']}")
    if levels[0]["misses"] != 1:
        faults.append("outreach: the first level must start at the first miss")
    return faults
