"""What a client is found by, and how near a match is."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import takewhile

import jellyfish
from rapidfuzz import fuzz

PARTICLES = frozenset("da das de del della den der di do dos du la las los van von zu".split())  # noqa: SIM905
_WORD = re.compile(r"[^\W_]\S*")  # from its first letter on: "(Ray" is Ray
NICKNAMES = (
    ("alexander", "alex", "sasha", "xander"),
    ("alexandra", "alex", "sandra", "lexi"),
    ("anthony", "tony"),
    ("antonio", "tony", "toño"),
    ("barbara", "barb", "babs"),
    ("benjamin", "ben", "benny"),
    ("catherine", "katherine", "kathryn", "cathy", "kathy", "kate", "katie", "kat"),
    ("charles", "charlie", "chuck"),
    ("christina", "christine", "tina", "chris", "chrissy"),
    ("christopher", "chris", "topher"),
    ("daniel", "dan", "danny"),
    ("david", "dave", "davey"),
    ("deborah", "debra", "deb", "debbie"),
    ("donald", "don", "donny"),
    ("dorothy", "dot", "dottie"),
    ("edward", "ed", "eddie", "ted"),
    ("elizabeth", "liz", "beth", "betty", "lizzie", "eliza", "lisa"),
    ("francisco", "paco", "pancho", "frank"),
    ("gregory", "greg"),
    ("guadalupe", "lupe", "lupita"),
    ("isabel", "chabela", "isa"),
    ("james", "jim", "jimmy", "jamie"),
    ("jennifer", "jen", "jenny"),
    ("jesus", "chuy", "chucho"),
    ("john", "jack", "johnny", "jon"),
    ("jonathan", "jon", "john"),
    ("jose", "pepe", "joe"),
    ("joseph", "joe", "joey"),
    ("kenneth", "ken", "kenny"),
    ("lawrence", "larry"),
    ("manuel", "manny", "manolo"),
    ("margaret", "maggie", "meg", "peggy", "marge"),
    ("maria", "mari", "marie"),
    ("matthew", "matt"),
    ("michael", "mike", "mikey", "mick"),
    ("nicholas", "nick"),
    ("pamela", "pam"),
    ("patricia", "pat", "patty", "trish"),
    ("patrick", "pat", "paddy"),
    ("rebecca", "becky", "becca"),
    ("richard", "rick", "dick", "richie"),
    ("robert", "bob", "rob", "bobby", "robbie"),
    ("ronald", "ron", "ronnie"),
    ("samantha", "sam"),
    ("samuel", "sam", "sammy"),
    ("stephen", "steven", "steve"),
    ("susan", "sue", "susie"),
    ("theresa", "teresa", "terry", "tess"),
    ("thomas", "tom", "tommy"),
    ("timothy", "tim"),
    ("victoria", "vicky", "tori"),
    ("walter", "walt", "wally"),
    ("william", "bill", "billy", "will", "liam"),
)
_DATES = (
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<month>\d{1,2})[/.](?P<day>\d{1,2})[/.](?P<year>\d{4}|\d{2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4}|\d{2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})(?: de)? (?P<month>[^\W\d]{3,})\.?(?: de)? (?P<year>\d{4})\b"),
    re.compile(r"\b(?P<month>[^\W\d]{3,})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})\b"),
)
"""The ways to write a birth date, the likelier reading of 3/4/1988 (month first, as written here) before the other."""

_MONTHS = (
    ("january", "enero"),
    ("february", "febrero"),
    ("march", "marzo"),
    ("april", "abril"),
    ("may", "mayo"),
    ("june", "junio"),
    ("july", "julio"),
    ("august", "agosto"),
    ("september", "septiembre"),
    ("october", "octubre"),
    ("november", "noviembre"),
    ("december", "diciembre"),
)


def fold(text: str) -> str:
    """Lower case, accents dropped, apostrophes joined, everything else than letters and digits a space."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("'", "").replace("’", "")
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())


def words(*names: str) -> list[str]:
    """The folded words of some names, each once, at most 40 characters a word."""
    return list(dict.fromkeys(word[:40] for name in names for word in fold(name).split()))


def sounds(word: str) -> set[str]:
    """How a folded word sounds, none for what has no sound: its metaphone and its NYSIIS code, y taken as i.

    Neither hears all: metaphone tells Sean from Shawn and Chris from Kris, NYSIIS tells Garcia from Garsia.
    """
    if not (word.isascii() and word.isalpha()):
        return set()
    heard = word.replace("y", "i")
    return {code[:40] for code in (jellyfish.metaphone(heard), jellyfish.nysiis(heard)) if code}


def also_called(word: str) -> set[str]:
    """Common short and full forms of a first name, the word itself left out."""
    return {other for names in NICKNAMES if word in names for other in names} - {word}


@dataclass(frozen=True)
class SearchTerms:
    """What somebody typed, taken apart: words of a name, digits of a phone (4 or more), a birth date."""

    words: tuple[str, ...] = ()
    phone: str = ""
    birth_date: date | None = None

    def __bool__(self) -> bool:
        return bool(self.words or self.phone or self.birth_date)


def parse_search(text: str, today: date) -> SearchTerms:
    """Take typed text apart: a birth date in any usual spelling (`_DATES`), a phone's end (4 digits or more), words.

    `today` says which century two digits for a year mean.
    """
    born, text = _birth_date(text, today)
    digits = re.sub(r"\D", "", text)
    phone = digits[-10:] if len(digits) >= 4 else ""
    names = tuple(word for word in words(text) if not word.isdigit())
    return SearchTerms(names, phone, born)


def _birth_date(text: str, today: date) -> tuple[date | None, str]:
    """The first date that the text holds, and the text without it. Of two digits for a year, the latest one past."""
    for spelling in _DATES:
        for match in spelling.finditer(text):
            year, month, day = (match[part] for part in ("year", "month", "day"))
            full = int(year) + (0 if len(year) == 4 else 2000 if 2000 + int(year) <= today.year else 1900)
            try:
                return date(full, _month(month), int(day)), text.replace(match.group(), " ")
            except ValueError:
                continue
    for spelling in _DATES[:2]:
        text = spelling.sub(" ", text)  # a date that is none is no phone either
    return None, text


def _month(written: str) -> int:
    """1 to 12 of a number or a name, which may be cut after three letters; 0 when it is none."""
    if written.isdigit():
        return int(written)
    name = fold(written)
    return next((n for n, names in enumerate(_MONTHS, 1) if any(known.startswith(name) for known in names)), 0)


def can_be_called(phone: str) -> bool:
    """Whether it has the 7 to 15 digits of a phone number (ITU-T E.164: at most 15)."""
    return 7 <= len(re.sub(r"\D", "", phone)) <= 15


def phone_key(phone: str) -> str:
    """The end of a phone number as clients are found by it: 10 digits, or 7 of a shorter number; empty below 7."""
    digits = re.sub(r"\D", "", phone)
    return digits[-10:] if len(digits) >= 10 else digits[-7:] if len(digits) >= 7 else ""


def nearness(typed: Iterable[str], known: Iterable[str]) -> float:
    """0 to 100: how near the typed words are to a client's names, whatever their order."""
    return fuzz.token_set_ratio(" ".join(sorted(typed)), " ".join(sorted(known)))


@lru_cache(maxsize=20_000)  # the same people again and again
def initial(last_name: str) -> str:
    """What a last name is shortened to: its first letter, as a capital. A particle written small before the name itself
    is passed over ("de la Ñandú" gives Ñ; "Van Buren" V, as in a register), and marks stay with their letter ("सिंह"
    gives सिं). Empty without any letter.
    """
    found = _WORD.findall(unicodedata.normalize("NFC", last_name))
    own = next((word for word in found if word not in PARTICLES), found[0] if found else "")
    marks = takewhile(lambda sign: unicodedata.category(sign).startswith("M"), own[1:])
    return own[:1].upper() + "".join(marks)
