"""Names of other members in a text: no record of a member names another."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from openmission.delivery.rules.name_words import (
    ALSO_WORDS,
    EVERYDAY,
    MASS,
    NEVER_NAMED,
    OBJECT_OF,
    PARTICLES,
    SAYS,
    SHORT_FORMS,
    WITH,
)

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?:^|[.!?:…¿¡]|\n)[\s\"'“‘(¿¡]*$")
_SHORTEST, _SHORTEST_FIRST, _FONDLY = 4, 3, ("ie", "y", "ita", "ito")


@dataclass(frozen=True, slots=True)
class Named:
    """A word of the text that is a name of another member; `sure` says that it cannot well be the everyday word."""

    word: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a text, plainly, with the words beside it in the same sentence; `first`: it begins a sentence."""

    text: str
    first: bool
    before: str
    after: str


def names_in(text: str, names: Iterable[str], own: Iterable[str] = ()) -> list[Named]:
    """The words of the text that are one of these names (each may hold several), in their order, each once; what is
    also a name of the person's `own` is theirs. Accents and capitals make no difference, nor does what hangs on a name
    ("Grace's").

    A name that is an everyday word too is only counted when it is written with a capital letter, beside a name that
    stands for sure, or where only a person can stand ("told hope", "will said"); it is not sure at the beginning of a
    sentence, where every word has a capital letter. A usual short form is a name as the long one is; the beginning of a
    name is one when it is written as names are ("Clem").
    """
    words, wanted = list(_words(unicodedata.normalize("NFC", text))), _wanted(list(names), list(own))
    found = _found(words, wanted, small=False)
    return _found(words, wanted, small=True) if any(named.sure for named in found) else found


def is_called(words: Iterable[str], names: Iterable[str]) -> bool:
    """Whether one of these words may be somebody of these names; generous, where `names_in` weighs."""
    theirs = _called(list(names))
    return not (theirs.names | theirs.forms | theirs.begun).isdisjoint(map(_plain, words))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is looked for: names as they are recorded, other forms of them, their beginnings."""

    names: frozenset[str]
    forms: frozenset[str]
    begun: frozenset[str]


def _wanted(names: list[str], own: list[str]) -> _Wanted:
    """Of these names, without all that the `own` ones may be called."""
    theirs, mine = (_called(each) for each in (names, own))
    known, ours = theirs.names - mine.names - mine.forms, mine.names | mine.forms | mine.begun
    forms = theirs.forms - known - ours
    return _Wanted(known, forms, theirs.begun - known - forms - ours)


def _called(names: list[str]) -> _Wanted:
    known = frozenset(part for name in names for part in _known_as(name))
    forms = frozenset(form for part in known for form in _FORMS.get(part, ()))
    return _Wanted(known, forms, frozenset(start for name in names for start in _beginnings(name)))


def _found(words: Iterable[_Word], wanted: _Wanted, *, small: bool) -> list[Named]:
    """`small`: written small, too: where one name stands for sure, the others are asked about with it."""
    found: dict[str, Named] = {}
    for word in words:
        for part in dict.fromkeys(_readings(word.text)):
            named = _named(part, word, wanted, small) or _begun(part, word, wanted)
            if named and (known := _plain(part)) and (known not in found or (named.sure and not found[known].sure)):
                found[known] = named
    return list(found.values())


def _named(part: str, word: _Word, wanted: _Wanted, small: bool) -> Named | None:
    known = _plain(part)
    if known not in wanted.names and (known not in wanted.forms or word.before in NEVER_NAMED):
        return None
    if known not in _ALSO_WORDS:
        return Named(part, sure=True)
    if part[:1].islower():
        return Named(part, sure=False) if small or _of_a_person(known, part, word) else None
    return Named(part, sure=not word.first)


def _begun(part: str, word: _Word, wanted: _Wanted) -> Named | None:
    """The beginning of a name, written like one. Of three letters it may be any word at the start of a sentence."""
    known = _plain(part)
    if known not in wanted.begun or not part.istitle() or known in _EVERYDAY:
        return None
    return None if word.first and len(known) < _SHORTEST else Named(part, sure=False)


def _of_a_person(known: str, part: str, word: _Word) -> bool:
    """An everyday word, written small, where a person stands: who says something, is told something, is there with
    somebody, has something.
    """
    if word.before in NEVER_NAMED or "-" in word.text:
        return False
    has = word.text.endswith(("'s", "’s")) and word.text != part
    return has or word.after in SAYS or word.before in OBJECT_OF or (word.before in WITH and known not in _MASS)


def _words(text: str) -> Iterator[_Word]:
    found = list(_WORD.finditer(text))
    for number, match in enumerate(found):
        first = _SENTENCE_END.search(text[max(match.start() - 20, 0) : match.start()]) is not None
        before = found[number - 1] if number and not first else None
        after = found[number + 1] if number + 1 < len(found) else None
        beside = [_plain(each.group()) if each and _touch(text, match, each) else "" for each in (before, after)]
        yield _Word(match.group(), first, *beside)


def _touch(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Nothing but a blank stands between two words."""
    start, end = sorted((one.span(), other.span()))
    return not text[start[1] : end[0]].strip(" ")


def _readings(word: str) -> Iterator[str]:
    """A word of the text, its parts between hyphens, and each without what hangs on it: `Grace's`, `Grace'll`."""
    for part in (word, *word.split("-")):
        yield part
        yield re.split(r"['’](?=[^'’]*$)", part)[0]


def _known_as(name: str) -> Iterator[str]:
    """The words of a name that say who it is, plainly: no initial, no particle; `Mary-Ann` is also `Maryann`."""
    words = [word for word in name.split() if len(word.strip(".")) > 1]
    for word in [word for word in words if word.strip(".").casefold() not in PARTICLES] or words:
        yield from (_plain(part) for part in word.split("-") if len(part) > 1)
        yield re.sub(r"['’\-]", "", _plain(word))
        yield _plain(word)


def _beginnings(name: str) -> Iterator[str]:
    """How a name may be cut short, from four letters on, its first word from three on; and with a fond ending."""
    first = _plain(name.split()[0]) if name.split() else ""
    for part in set(_known_as(name)):
        shortest = _SHORTEST_FIRST if part == first else _SHORTEST
        yield from (part[:end] for end in range(shortest, len(part)))
        stem = part.rstrip("aeiou")
        yield from (stem + end for end in _FONDLY if len(stem) >= _SHORTEST_FIRST)


def _plain(word: str) -> str:
    """Without capitals and accents, with one kind of apostrophe: `Ángel` and `angel` are the same."""
    letters = unicodedata.normalize("NFKD", word.replace("’", "'"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _forms() -> Mapping[str, frozenset[str]]:
    """{a name: the other forms of it}, whichever of them is the one on record."""
    found: dict[str, frozenset[str]] = {}
    for line in SHORT_FORMS.splitlines():
        forms = frozenset(map(_plain, line.split()))
        for form in forms:
            found[form] = found.get(form, frozenset()) | forms
    return found


_ALSO_WORDS, _EVERYDAY, _MASS = (frozenset(map(_plain, words)) for words in (ALSO_WORDS, EVERYDAY, MASS))
_FORMS = _forms()
