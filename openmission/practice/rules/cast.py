"""Who works in the practice agency and who is served. All invented: no name, number or place belongs to anybody."""

from dataclasses import dataclass
from enum import Enum, auto

RIVER, HILL = "River team", "Hill team"
PASSWORD = "practice only: a calm river"


@dataclass(frozen=True)
class Worker:
    """One account. `key` is the e-mail's name; `team` is empty for the roles of the whole agency."""

    key: str
    name: str
    role: str
    team: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@practice.example"


# The first of each role is the one to sign in as; Casey and Perry are a pair with a full day.
WORKERS = (
    Worker("casey", "Casey Brook", "case_manager", RIVER),
    Worker("perry", "Perry Wren", "peer_specialist", RIVER),
    Worker("sol", "Sol Summers", "supervisor", RIVER),
    Worker("iris", "Iris Gale", "intake_worker", RIVER),
    Worker("maple", "Maple Stone", "program_manager"),
    Worker("posy", "Posy Frost", "privacy_officer"),
    Worker("ada", "Ada Winter", "administrator"),
    Worker("morgan", "Morgan Reed", "case_manager", RIVER),
    Worker("toby", "Toby Linden", "case_manager", RIVER),
    Worker("robin", "Robin Dove", "peer_specialist", RIVER),
    Worker("clay", "Clay Fielding", "case_manager", HILL),
    Worker("june", "June Heather", "case_manager", HILL),
    Worker("sage", "Sage Plover", "peer_specialist", HILL),
    Worker("bay", "Bay Laurel", "peer_specialist", HILL),
    Worker("dale", "Dale Hawthorn", "supervisor", HILL),
    Worker("skye", "Skye Larch", "intake_worker", HILL),
)


class Stage(Enum):
    """How far somebody has come. The first eight are at the door; then served; then ended."""

    REFERRED = auto()
    TRIED = auto()
    SCREENING = auto()
    ELIGIBLE = auto()
    WAITING = auto()
    NOT_ELIGIBLE = auto()
    ASK_AGAIN = auto()
    NOT_REACHED = auto()
    SERVED = auto()
    COMPLETED = auto()
    STOPPED = auto()
    MOVED = auto()


class Turn(Enum):
    """What is particular about somebody who is served."""

    NONE = auto()
    FIRST_DAY = auto()
    STARTING = auto()
    DRIFTING = auto()
    LOST = auto()
    MISSED = auto()
    SLIP = auto()
    REVIEW_DUE = auto()
    LEAVING = auto()
    LONG = auto()
    JOINT = auto()
    PUT_OFF = auto()
    HANDED = auto()
    UNRECORDED = auto()


@dataclass(frozen=True)
class Life:
    """One invented client. `days`: since the referral (at the door) or since the first day (served or ended).

    `pair`: keys of the workers, the leading one first. `today`: (key of a worker, hour) of appointments on the day of
    filling. `once_before`: an earlier enrollment of two months began so many days ago.
    """

    name: str
    born: int
    stage: Stage
    days: int
    team: str = RIVER
    pair: tuple[str, ...] = ()
    months: int = 6
    turn: Turn = Turn.NONE
    chosen: str = ""
    pronouns: str = ""
    language: str = "en"
    alias: str = ""
    today: tuple[tuple[str, int], ...] = ()
    once_before: int = 0
    program: str = "mission"

    @property
    def called(self) -> str:
        """What colleagues write in a note."""
        return self.chosen or self.name.split()[0]


S, T = Stage, Turn
OURS, SECOND, COVERED = ("casey", "perry"), ("morgan", "robin"), ("toby", "robin")
CLAY, JUNE = ("clay", "sage"), ("june", "bay")

LIVES = (
    Life("Luis Marigold", 1984, S.SERVED, 1, pair=OURS, turn=T.FIRST_DAY, pronouns="he/him", today=(("casey", 15),)),
    Life("Mae Thistle", 1971, S.SERVED, 5, pair=OURS, turn=T.STARTING, pronouns="she/her", today=(("perry", 11),)),
    Life("Omar Brightwater", 1990, S.SERVED, 23, pair=OURS, today=(("casey", 9), ("perry", 9)), pronouns="he/him"),
    Life("Rosa Núñez", 1978, S.SERVED, 33, pair=OURS, months=12, language="es", today=(("casey", 13),)),
    Life("Dana Rivers", 1988, S.SERVED, 74, pair=OURS, turn=T.DRIFTING, pronouns="she/her", alias="Dee"),
    Life("Theodore O'Brien", 1965, S.SERVED, 45, pair=OURS, turn=T.SLIP, chosen="Teddy", pronouns="he/him"),
    Life("Wren Applewood", 1997, S.SERVED, 62, pair=OURS, turn=T.REVIEW_DUE, pronouns="they/them"),
    Life("Jasper Lake", 1969, S.SERVED, 240, pair=OURS, months=12, turn=T.LONG, today=(("perry", 14),)),
    Life("Ivy Fields-Moor", 1993, S.SERVED, 104, pair=OURS, turn=T.PUT_OFF, pronouns="she/her"),
    Life("Hazel Winters", 1959, S.SERVED, 176, pair=OURS, turn=T.LEAVING, today=(("casey", 11), ("perry", 11))),
    Life("Sunny", 1982, S.SERVED, 30, pair=OURS, months=2, turn=T.JOINT, pronouns="they/them", alias="Sunshine"),
    Life("Basil Finch", 1986, S.SERVED, 100, pair=OURS, turn=T.MISSED, pronouns="he/him"),
    Life("Clementine Snow", 1975, S.SERVED, 181, pair=OURS, months=12, turn=T.HANDED, pronouns="she/her"),
    Life("Ruby Larkspur", 1991, S.SERVED, 51, pair=SECOND, months=2, turn=T.LEAVING, today=(("morgan", 10),)),
    Life("Gus Pinecone", 1962, S.SERVED, 12, pair=("morgan",), turn=T.STARTING, pronouns="he/him"),
    Life("Peony Harrow", 1999, S.SERVED, 88, pair=SECOND, chosen="Pen", pronouns="they/them"),
    Life("Heath Skylark", 1980, S.SERVED, 150, pair=SECOND, turn=T.LOST),
    Life("Nell Cloudberry", 1973, S.SERVED, 40, pair=COVERED, turn=T.MISSED, pronouns="she/her"),
    Life("Arlo Sparrow", 1995, S.SERVED, 17, pair=COVERED, today=(("casey", 16),), pronouns="he/him"),
    Life("Fern Holloway", 1987, S.SERVED, 110, pair=COVERED),
    Life("Cedar Blythe", 1968, S.SERVED, 205, pair=COVERED, months=12, turn=T.UNRECORDED),
    Life("Violet Meadows", 1981, S.SERVED, 8, HILL, CLAY, turn=T.STARTING, pronouns="she/her", once_before=190),
    Life("Ash Kingfisher", 1992, S.SERVED, 58, HILL, CLAY, turn=T.REVIEW_DUE, today=(("clay", 10),)),
    Life("Linnea Birch", 1964, S.SERVED, 138, HILL, CLAY, pronouns="she/her"),
    Life("Rowan Tidewater", 1989, S.SERVED, 21, HILL, CLAY, months=2, turn=T.DRIFTING, alias="Ro"),
    Life("Poppy Lightfoot", 1998, S.SERVED, 36, HILL, JUNE, pronouns="she/her", today=(("june", 11),)),
    Life("Sorrel MacAdder", 1977, S.SERVED, 95, HILL, JUNE, turn=T.SLIP, pronouns="he/him"),
    Life("Juniper Ray-Hollis", 1985, S.SERVED, 220, HILL, JUNE, months=12),
    Life("Alder Swift", 1970, S.SERVED, 64, HILL, ("sage",), program="linkage-only", pronouns="he/him"),
    Life("Marina Starling", 1983, S.COMPLETED, 200, RIVER, OURS, pronouns="she/her"),
    Life("Robert Greenleaf", 1956, S.COMPLETED, 150, RIVER, SECOND, months=2, alias="Bobby"),
    Life("Aster Dunes", 1994, S.COMPLETED, 225, HILL, JUNE, pronouns="they/them"),
    Life("Colm Sandpiper", 1979, S.STOPPED, 120, RIVER, SECOND, pronouns="he/him"),
    Life("Laurel Pond", 1990, S.MOVED, 170, HILL, CLAY, pronouns="she/her"),
    Life("Tulip Norwood", 1996, S.REFERRED, 1, pronouns="she/her"),
    Life("Miles Cottonwood", 1972, S.REFERRED, 2, HILL),
    Life("Estrella Del Campo", 2001, S.TRIED, 6, language="es"),
    Life("Dov Nightingale", 1967, S.TRIED, 9, HILL, pronouns="he/him"),
    Life("Gale Redbud", 1988, S.SCREENING, 7, pronouns="he/him"),
    Life("Petra Kestrel", 1981, S.SCREENING, 4, HILL, pronouns="she/her"),
    Life("Bram Willowby", 1974, S.ELIGIBLE, 11, pronouns="he/him"),
    Life("Dahlia Crane", 1993, S.WAITING, 26, pronouns="she/her"),
    Life("Otis Fernsby", 1961, S.WAITING, 40, HILL, pronouns="he/him"),
    Life("Marlow Cove", 1999, S.NOT_ELIGIBLE, 19, pronouns="they/them"),
    Life("Lark Mossman", 1986, S.ASK_AGAIN, 45, HILL),
    Life("Reed Harborough", 1976, S.NOT_REACHED, 60, pronouns="he/him"),
)
