"""What a client is found by: pure rules, as tables."""

from datetime import date

import pytest

from openmission.clients.rules import SearchTerms, also_called, fold, initial, nearness, parse_search, sounds, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Núñez", "nunez"),
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("  Anne-Marie  ", "anne marie"),
        ("D'Ângelo-Sánchez", "dangelo sanchez"),
        ("STRAẞE", "strasse"),
        ("Nguyễn", "nguyen"),
        ("李小龍", "李小龍"),
        ("_x_", "x"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_words_are_each_once_and_not_endless() -> None:
    assert words("Ana María", "ana", "x" * 60) == ["ana", "maria", "x" * 40]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sean", "shawn"),
        ("chris", "kris"),
        ("catherine", "katherine"),
        ("philip", "filip"),
        ("meyer", "meier"),
        ("bryan", "brian"),
        ("garcia", "garsia"),
        ("gonzalez", "gonzales"),
        ("mohammed", "muhammad"),
        ("steven", "stephen"),
    ],
)
def test_what_sounds_alike(one: str, other: str) -> None:
    assert sounds(one) & sounds(other)


@pytest.mark.parametrize(("one", "other"), [("ana", "luis"), ("rivera", "romero"), ("sean", "john"), ("mark", "maria")])
def test_what_does_not_sound_alike(one: str, other: str) -> None:
    assert not sounds(one) & sounds(other)


@pytest.mark.parametrize("silent", ["", "1234", "李小龍"], ids=["nothing", "digits", "other script"])
def test_what_has_no_sound(silent: str) -> None:
    assert sounds(silent) == set()


@pytest.mark.parametrize(
    ("short", "full"),
    [("bill", "william"), ("peggy", "margaret"), ("pepe", "jose"), ("chuy", "jesus"), ("lupe", "guadalupe")],
)
def test_nicknames_go_both_ways(short: str, full: str) -> None:
    assert full in also_called(short)
    assert short in also_called(full)
    assert short not in also_called(short)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Rivera Dana", SearchTerms(("rivera", "dana"))),
        ("dana 4477", SearchTerms(("dana",), "4477")),
        ("(555) 010-4477", SearchTerms((), "5550104477")),
        ("+1 555 010 4477", SearchTerms((), "5550104477")),
        ("12", SearchTerms()),
        ("1986-04-02", SearchTerms(birth_date=date(1986, 4, 2))),
        ("rivera 4/2/1986", SearchTerms(("rivera",), "", date(1986, 4, 2))),
        ("4.2.1986 4477", SearchTerms((), "4477", date(1986, 4, 2))),
        ("2/30/1986", SearchTerms()),
        ("20/8/1988", SearchTerms(birth_date=date(1988, 8, 20))),
        ("20.8.88", SearchTerms(birth_date=date(1988, 8, 20))),
        ("08/20/26", SearchTerms(birth_date=date(2026, 8, 20))),
        ("08/20/27", SearchTerms(birth_date=date(1927, 8, 20))),
        ("20 Aug 1988", SearchTerms(birth_date=date(1988, 8, 20))),
        ("rivera, August 20, 1988", SearchTerms(("rivera",), "", date(1988, 8, 20))),
        ("20 de agosto de 1988", SearchTerms(birth_date=date(1988, 8, 20))),
        ("Marisol 12 1990", SearchTerms(("marisol",), "121990")),
        ("  ", SearchTerms()),
        ("'; DROP TABLE --", SearchTerms(("drop", "table"))),
    ],
)
def test_parse_search(text: str, terms: SearchTerms) -> None:
    assert parse_search(text, date(2026, 11, 22)) == terms


def test_nearness_does_not_mind_the_order() -> None:
    assert nearness(["rivera", "dana"], ["dana", "rivera"]) == 100
    assert nearness(["dana", "rivera"], ["dana", "rivers"]) < 100


@pytest.mark.parametrize(
    ("last_name", "letter"),
    [
        ("Rivera", "R"),
        ("de la Ñandú", "Ñ"),
        ("De La Cruz", "D"),
        ("DEL TORO", "D"),
        ("Van Buren", "V"),
        ("de la Cruz", "C"),
        ("van der Berg", "B"),
        ("von Weizsäcker", "W"),
        ("da Silva dos Santos", "S"),
        ("García Márquez", "G"),
        ("Smith-Jones", "S"),
        ("O'Brien", "O"),
        ("d'Angelo", "D"),
        ("McBride", "M"),
        ("Van", "V"),
        ("de la", "D"),
        ("X", "X"),
        ("ñandú", "Ñ"),
        ("N\u0303andu", "Ñ"),
        ("(Ray)", "R"),
        ("Æsir", "Æ"),
        ("Иванов", "И"),
        ("अग्रवाल", "अ"),
        ("सिंह", "सिं"),
        ("王", "王"),
        ("محمد", "م"),
        ("", ""),
        ("-", ""),
    ],
)
def test_a_last_name_is_shortened_to_the_letter_it_is_known_by(last_name: str, letter: str) -> None:
    assert initial(last_name) == letter
