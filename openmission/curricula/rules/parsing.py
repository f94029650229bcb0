"""From content, already checked against its schema, to frozen data."""

from collections.abc import Iterator
from typing import Any

from openmission.curricula.rules import content as c
from openmission.programs.rules import DueRule, Severity, Source, Text

ALWAYS = ("next", "make_up", "behind", "date")


class IncoherentCurriculum(ValueError):
    """The files fit their schemas but contradict each other; the text says where."""


def parse_curriculum(data: dict[str, Any]) -> c.Curriculum:
    """The curriculum that a manifest with its `sessions` in place describes. Raises `IncoherentCurriculum`."""
    _raise(data, _curriculum_faults(data))
    sources = data["sources"]
    group = data["group"]
    return c.Curriculum(
        slug=data["slug"],
        version=data["version"],
        licence=data["licence"],
        component=data["component"],
        led_by=data["led_by"],
        title=_text(data["title"]),
        summary=_text(data["summary"]),
        titles_verified=data["titles_verified"],
        status_exam=data["status_exam"],
        phases=tuple(data["phases"]),
        booster_phases=tuple(data["booster_phases"]),
        after_use=data.get("after_use", ""),
        group=c.GroupSize(
            group["least"],
            group["most"],
            group["least_minutes"],
            group["most_minutes"],
            _source(group, sources),
        ),
        sessions=tuple(_session(row, number, sources) for number, row in enumerate(data["sessions"], 1)),
        due_rules={row["slug"]: _due_rule(row, sources) for row in data["due_rules"]},
        round_robin=tuple(map(_text, data.get("round_robin", ()))),
        check_in=_check_in(data.get("check_in", {})),
        permission=data.get("permission", ""),
    )


def _check_in(row: dict[str, Any]) -> c.CheckIn:
    answers = (c.Answer(_text(answer["title"]), _text(answer["text"])) for answer in row.get("answers", ()))
    return c.CheckIn(tuple(map(_text, row.get("questions", ()))), tuple(answers))


def _session(row: dict[str, Any], number: int, sources: dict[str, Any]) -> c.Session:
    return c.Session(
        slug=row["slug"],
        number=number,
        licence=row["licence"],
        title=_text(row["title"]),
        workbook_pages=row.get("workbook_pages", ""),
        purpose=_text(row["purpose"]),
        about=_text(row["about"]),
        prompts=tuple(c.Prompt(prompt["do"], _text(prompt["text"])) for prompt in row["prompts"]),
        individual=_arc(row["individual"]),
        group=_arc(row["group"]),
        worksheets=tuple(row["worksheets"]),
        homework=tuple(map(_text, row["homework"])),
        builds_on=tuple(row["builds_on"]),
        source=_source(row, sources),
        permission=row.get("permission", ""),
    )


def _arc(rows: list[dict[str, Any]]) -> tuple[c.Step, ...]:
    return tuple(c.Step(row["step"], row["minutes"], _text(row["text"])) for row in rows)


def _due_rule(row: dict[str, Any], sources: dict[str, Any]) -> DueRule:
    steps = sorted((day, Severity[name.upper()]) for name, day in row["steps"].items())
    return DueRule(row["slug"], _text(row["text"]), tuple(steps), _source(row, sources), row.get("within_days", 0))


def parse_worksheet(data: dict[str, Any]) -> c.Worksheet:
    """The worksheet that `data` describes. Raises `IncoherentCurriculum`."""
    _raise(data, _worksheet_faults(data))
    return c.Worksheet(
        slug=data["slug"],
        version=data["version"],
        licence=data["licence"],
        title=_text(data["title"]),
        intro=_text(data["intro"]),
        workbook_pages=data.get("workbook_pages", ""),
        source=_source(data, data["sources"]),
        position=data["position"],
        repeatable=data["repeatable"],
        fields=tuple(map(_field, data["fields"])),
        permission=data.get("permission", ""),
    )


def _field(row: dict[str, Any]) -> c.Field:
    texts: dict[str, Any] = {name: _text(row[name]) for name in ("heading", "help", "example") if name in row}
    lists: dict[str, Any] = {name: _options(row[name]) for name in ("options", "lanes", "rows", "parts") if name in row}
    plain = {name: row[name] for name in ("most", "own", "pick") if name in row}
    return c.Field(
        slug=row["slug"],
        kind=row["kind"],
        label=_text(row["label"]),
        scale=_scale(row),
        columns=tuple(
            c.Column(
                column["slug"],
                column["kind"],
                _text(column["label"]),
                _scale(column),
                _options(column.get("options", ())),
            )
            for column in row.get("columns", ())
        ),
        over=c.Over(**row["over"]) if "over" in row else None,
        **texts,
        **lists,
        **plain,
    )


def _scale(row: dict[str, Any]) -> c.Scale | None:
    scale = row.get("scale")
    return c.Scale(scale["from"], scale["to"], _text(scale["low"]), _text(scale["high"])) if scale else None


def _options(rows: Any) -> tuple[c.Option, ...]:
    return tuple(
        c.Option(row["slug"], _text(row["label"]), _text(row["help"]) if "help" in row else None) for row in rows
    )


def parse_checklist(data: dict[str, Any]) -> c.Checklist:
    """The checklist that `data` describes. Raises `IncoherentCurriculum`."""
    _raise(data, [*_twice("steps", data["steps"]), *_unknown_sources(data, data["sources"])])
    steps = tuple(
        c.ChecklistStep(
            row["slug"],
            _text(row["title"]),
            _text(row["text"]),
            _source(row, data["sources"]),
            row.get("required", False),
        )
        for row in data["steps"]
    )
    return c.Checklist(
        data["slug"], data["version"], data["licence"], _text(data["title"]), _text(data["intro"]), steps
    )


def _text(pair: dict[str, str]) -> Text:
    return Text(en=pair["en"], es=pair["es"])


def _words(words: dict[str, str] | str) -> Text:
    return Text(words, words) if isinstance(words, str) else _text(words)


def _source(row: dict[str, Any], sources: dict[str, Any]) -> Source:
    return Source(_words(sources[row["source"]["in"]]), _words(row["source"]["at"]))


def _raise(data: dict[str, Any], faults: list[str]) -> None:
    if faults:
        raise IncoherentCurriculum(f"{data['slug']} version {data['version']}: " + "; ".join(faults))


def _curriculum_faults(data: dict[str, Any]) -> list[str]:
    slugs = [row["slug"] for row in data["sessions"]]
    rules = {rule["slug"] for rule in data["due_rules"]}
    faults = [*_twice("sessions", data["sessions"]), *_twice("due_rules", data["due_rules"])]
    faults += _twice("check_in/answers", data.get("check_in", {}).get("answers", []))
    faults += [f"due_rules: {slug} is missing" for slug in ALWAYS if slug not in rules]
    if data.get("after_use") and data["after_use"] not in slugs:
        faults.append(f"after_use: there is no session {data['after_use']}")
    for place, row in enumerate(data["sessions"]):
        later = set(row["builds_on"]) - set(slugs[:place])
        faults += [f"sessions/{row['slug']}: builds on {other}, which is not earlier" for other in sorted(later)]
    for rule in data["due_rules"]:
        days = [rule["steps"][name] for name in ("week", "today", "now") if name in rule["steps"]]
        if days != sorted(set(days)):
            faults.append(f"due_rules/{rule['slug']}: steps must come in the order week, today, now")
    return faults + _unknown_sources(data, data["sources"])


def _worksheet_faults(data: dict[str, Any]) -> list[str]:
    faults = _twice("fields", data["fields"])
    for row in data["fields"]:
        place = f"fields/{row['slug']}"
        for part in ("options", "lanes", "columns", "rows", "parts"):
            faults += _twice(f"{place}/{part}", row.get(part, []))
        for column in row.get("columns", ()):
            faults += _twice(f"{place}/columns/{column['slug']}/options", column.get("options", []))
        if row["kind"] == "rulers" and any(column["kind"] != "scale" for column in row["columns"]):
            faults.append(f"{place}: the columns of rulers are scales")
    return faults + _unknown_sources(data, data["sources"])


def _twice(place: str, rows: list[dict[str, Any]]) -> list[str]:
    slugs = [row["slug"] for row in rows]
    return [f"{place}: something is listed twice"] if len(slugs) != len(set(slugs)) else []


def _unknown_sources(data: dict[str, Any], sources: dict[str, Any]) -> list[str]:
    return [f"sources: {name} is named but not listed" for name in sorted(set(_named(data)) - set(sources))]


def _named(part: Any) -> Iterator[str]:
    """Every source name used anywhere inside `part`."""
    if isinstance(part, list):
        for row in part:
            yield from _named(row)
    elif isinstance(part, dict):
        if isinstance(part.get("source"), dict):
            yield part["source"]["in"]
        for row in part.values():
            yield from _named(row)
