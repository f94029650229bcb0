"""Other members' names in what is written about one: no record of a member names another."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Names that are everyday words too, in English and Spanish: written small, they are taken for the word.
ALSO_WORDS = frozenset(
    """
    angel april art august autumn baker ball best bill black blanca blanco bob bravo brown buck bush calle campos
    cash castillo chance chase christian church cliff consuelo cook cruz dawn day esperanza faith fe field fields
    flor flores franco frank fuentes grace gracia grant gray green guerrero guy hill hope iglesias joy june justice
    king knight lake lance lane law león little lobo long love luna luz major mar mark marsh may mercy miles miller
    montes mora moreno nick nieto page pardo park pat patience paz peña pierce price prince queen ray red reina
    reyes rich rivers rob rocky rose ríos sandy santos sobrino socorro sol soledad star stone street sue summer
    sunny tab valle van vega verde ward west white will wise wood woods young ángel
    """.split()  # noqa: SIM905  (read as a list of words)
)
PARTICLES = frozenset({"de", "del", "la", "las", "los", "van", "von", "da", "dos", "jr", "sr"})
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?:^|[.!?:…¿¡]|\n)[\s\"'“‘(¿¡]*$")


@dataclass(frozen=True, slots=True)
class Named:
    """A word of the text that is a name of another member; `sure` says that it cannot well be the everyday word."""

    word: str
    sure: bool


def names_in(text: str, names: Iterable[str], own: Iterable[str] = ()) -> list[Named]:
    """The words of the text that are one of these names (each may hold several), in their order, each once; what is
    also a name of the person's `own` is theirs. Accents and capitals make no difference, nor does what hangs on a name
    ("Grace's").

    A name that is an everyday word too is only counted when it is written with a capital letter, or beside a name that
    stands for sure; it is not sure at the beginning of a sentence, where every word has a capital letter.
    """
    wanted = {part for name in names for part in _known_as(name)}
    wanted -= {part for name in own for part in _known_as(name)}
    text = unicodedata.normalize("NFC", text)
    found = _found(text, wanted, small=False)
    return _found(text, wanted, small=True) if any(named.sure for named in found) else found


def _found(text: str, wanted: set[str], *, small: bool) -> list[Named]:
    """`small`: written small, too: where one name stands for sure, the others are asked about with it."""
    found: dict[str, Named] = {}
    for match in _WORD.finditer(text):
        for part in dict.fromkeys(_readings(match.group())):
            named = _named(part, text, match.start(), wanted, small)
            if named and (known := _plain(part)) and (known not in found or (named.sure and not found[known].sure)):
                found[known] = named
    return list(found.values())


def _named(word: str, text: str, place: int, wanted: set[str], small: bool) -> Named | None:
    known = _plain(word)
    if known not in wanted:
        return None
    if known not in _ALSO_WORDS:
        return Named(word, sure=True)
    if word[:1].islower():
        return Named(word, sure=False) if small else None
    return Named(word, sure=not _SENTENCE_END.search(text[max(place - 20, 0) : place]))


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


def _plain(word: str) -> str:
    """Without capitals and accents, with one kind of apostrophe: `Ángel` and `angel` are the same."""
    letters = unicodedata.normalize("NFKD", word.replace("’", "'"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


_ALSO_WORDS = frozenset(map(_plain, ALSO_WORDS))
