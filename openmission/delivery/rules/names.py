"""Other members' names in what is written about one: no record of a member names another."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# First names that are everyday words too, in English and Spanish: written small, they are taken for the word.
ALSO_WORDS = frozenset(
    """
    amber angel april art august autumn basil bill blanca bob buck chance chase cielo clara concepción consuelo cruz
    dale dawn dean destiny dolores drew earl ernest esperanza faith fe flor franco frank gene glen gloria grace
    gracia grant guy hank harmony harry heath hope hunter inocencio iris ivy jack jasmine jean jewel joy june
    justice lance lane leal león lily linda lucero luna luz major mar marina mariposa mark mason may melody mercedes
    mercy milagros miles misty nick nieves norm olive opal page pat patience paz pearl peg penny pierce pilar piper
    ray reed reina remedios rich rob robin rocío rod rosa rose ruby rusty sage salvador sandy santa shelly sierra
    skip sky sol soledad sonny stone storm sue summer sunny tab tanner terry trinity van ventura victor victoria
    viola violet virginia wade ward warren will woody ángel
    """.split()  # noqa: SIM905  (read as a list of words)
)
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?:^|[.!?:…¿¡]|\n)[\s\"'“‘(¿¡]*$")


@dataclass(frozen=True, slots=True)
class Named:
    """A word of the text that is a name of another member; `sure` says that it cannot well be the everyday word."""

    word: str
    sure: bool


def names_in(text: str, names: Iterable[str]) -> list[Named]:
    """The words of the text that are one of these names (each may hold several), in their order, each once.

    A name that is an everyday word too is only counted when it is written with a capital letter, and is not sure at
    the beginning of a sentence, where every word has one.
    """
    wanted = {part.casefold() for name in names for part in _parts(name)}
    found: dict[str, Named] = {}
    for match in _WORD.finditer(text):
        for part in {match.group(), *_parts(match.group())}:
            named = _named(part, text[: match.start()], wanted)
            if named and (part not in found or named.sure):
                found[part] = named
    return list(found.values())


def _named(word: str, before: str, wanted: set[str]) -> Named | None:
    known = word.casefold().removesuffix("'s").removesuffix("’s")
    if known not in wanted:
        return None
    if known not in ALSO_WORDS:
        return Named(word, sure=True)
    if word[:1].islower():
        return None
    return Named(word, sure=not _SENTENCE_END.search(before))


def _parts(name: str) -> list[str]:
    """The words of a name that say who it is: not an initial, not a particle."""
    particles = {"de", "del", "la", "las", "los", "van", "von", "da", "dos", "jr", "sr"}
    words = [part for part in re.split(r"[\s\-]+", name) if len(part.strip(".")) > 1]
    return [word for word in words if word.casefold() not in particles] or words
