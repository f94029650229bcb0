"""Names of other members in a text: found however they are written, also where a name is an everyday word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmission.delivery.rules.name_words import (
    ALSO_WORDS,
    NEVER_NAMED,
    OBJECT_OF,
    PARTICLES,
    SAYS,
    SHORT_FORMS,
    WITH,
)
from openmission.delivery.rules.names import names_in

NO_WORDS = ("Tamara", "Luis", "Yolanda", "Kwame", "Nguyen", "José", "Zoë", "O'Brien", "Begoña", "Lucía")
GROUP = ("Will Marsh", "Grace Dove", "Hope Lane", "Mark Hill", "May Tran", "Rose Day", "Dana Reyes")
GRUPO = ("Luz Vega", "Paz Núñez", "Esperanza Ríos", "Ángel Peña")


def found(text: str, *names: str, own: tuple[str, ...] = ()) -> list[str]:
    return [named.word for named in names_in(text, names, own)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("she will hope to mark the day in may", [], id="written small they are the words"),
        pytest.param("talked with Grace about rent", ["Grace"], id="with a capital it is the name"),
        pytest.param("argued with Will and Mark", ["Will", "Mark"], id="several, in their order"),
        pytest.param("GRACE came late", ["GRACE"], id="all capitals"),
        pytest.param("liked what Grace said. Again: Grace.", ["Grace"], id="each once"),
        pytest.param("Grace's brother called", ["Grace"], id="possessive"),
        pytest.param("Grace’s brother called", ["Grace"], id="possessive with a round apostrophe"),
        pytest.param("he thinks Grace'll come", ["Grace"], id="a verb hangs on it"),
        pytest.param("the Hope-Rose plan", ["Hope", "Rose"], id="between hyphens"),
        pytest.param("dana and DANA and Dana", ["dana"], id="no word: whatever the case, told once"),
        pytest.param("met Mr. Marsh outside", ["Marsh"], id="last name"),
        pytest.param("a marsh by the lane", [], id="a last name that is a word"),
        pytest.param("mayor, hopeful, willing, Graceful", [], id="inside another word"),
        pytest.param("", [], id="nothing written"),
    ],
)
def test_names_that_are_words_in_english(text: str, words: list[str]) -> None:
    assert found(text, *GROUP) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("con esperanza y en paz, a la luz del día", [], id="escritas en minúscula son palabras"),
        pytest.param("le da pena ver la vega", [], id="un apellido que sin tilde es palabra"),
        pytest.param("habló con Luz del trabajo", ["Luz"], id="con mayúscula es el nombre"),
        pytest.param("vino Ángel", ["Ángel"], id="con tilde"),
        pytest.param("vino Angel", ["Angel"], id="sin tilde"),
        pytest.param("vino A\u0301ngel", ["Ángel"], id="con la tilde aparte"),
        pytest.param("el hermano de NUNEZ", ["NUNEZ"], id="sin eñe"),
        pytest.param("¿Esperanza viene?", ["Esperanza"], id="tras el signo de apertura"),
    ],
)
def test_names_that_are_words_in_spanish(text: str, words: list[str]) -> None:
    assert found(text, *GRUPO) == words


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        pytest.param("Will try again.", False, id="at the beginning"),
        pytest.param("He came. Will try again.", False, id="after a full stop"),
        pytest.param("He came.\nWill try again.", False, id="on a new line"),
        pytest.param("“Will you try?”", False, id="after a quotation mark"),
        pytest.param("He told Will.", True, id="in the middle"),
        pytest.param("Will try. He told Will.", True, id="both"),
        pytest.param("Dana came.", True, id="no word at the beginning"),
    ],
)
def test_at_the_beginning_of_a_sentence_a_word_is_asked_about_and_not_sure(text: str, sure: bool) -> None:
    assert [named.sure for named in names_in(text, ["Will Marsh", "Dana"])] == [sure]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        pytest.param("Mary-Ann Cole", "maryann was there", ["maryann"], id="written as one"),
        pytest.param("Mary-Ann Cole", "Mary was there", ["Mary"], id="half of it"),
        pytest.param("Maryann Cole", "mary-ann was there", [], id="not the other way"),
        pytest.param("Sean O'Brien", "O’Brien's sister", ["O’Brien"], id="a round apostrophe, and one that hangs on"),
        pytest.param("Sean O'Brien", "told obrien", ["obrien"], id="without its apostrophe"),
        pytest.param("Vincent van Gogh", "the van of the church", [], id="a particle is nobody"),
        pytest.param("Van Morrison", "met Morrison", ["Morrison"], id="last name after it"),
        pytest.param("Van", "told Van", ["Van"], id="a particle alone is a name"),
        pytest.param("Ana de la Cruz", "de la calle", [], id="spanish particles"),
        pytest.param("Ana de la Cruz", "con Cruz", ["Cruz"], id="what follows them"),
        pytest.param("J. R. Ewing Jr.", "I saw J and jr", [], id="initials are nobody"),
        pytest.param("Red", "told Red, the red one", ["Red"], id="nickname that is a word"),
        pytest.param("Johnny Walker", "johnny called", ["johnny"], id="a name from an alias"),
    ],
)
def test_kinds_of_names(name: str, text: str, words: list[str]) -> None:
    assert found(text, name) == words


@pytest.mark.parametrize(
    ("own", "text", "words"),
    [
        pytest.param(("Grace Cole",), "Grace is well", [], id="one's own first name"),
        pytest.param(("Anna-Maria",), "Anna-Maria is well", [], id="one's own name with a hyphen"),
        pytest.param(("Angel",), "Ángel's job", [], id="with an accent and a possessive"),
        pytest.param(("Will",), "Will met Grace", ["Grace"], id="only one's own"),
    ],
)
def test_a_name_that_is_also_ones_own_is_ones_own(own: tuple[str, ...], text: str, words: list[str]) -> None:
    assert found(text, "Grace Dove", "Maria Anna", "Ángel Peña", "Will Marsh", own=own) == words


LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzáéñ ,.;:!?\n", max_size=30)


@given(st.lists(st.sampled_from(sorted(ALSO_WORDS)), min_size=1), st.lists(st.sampled_from(sorted(ALSO_WORDS))))
def test_a_note_of_ordinary_small_words_is_never_held_up(words: list[str], names: list[str]) -> None:
    assert found(" ".join(words), *(name.title() for name in names)) == []


@given(st.sampled_from(NO_WORDS), st.sampled_from([str.lower, str.upper, str.title, str]), LETTERS, LETTERS)
def test_a_name_that_is_no_word_is_always_found(name: str, written, before: str, after: str) -> None:  # type: ignore[no-untyped-def]
    assert written(name) in found(f"{before} {written(name)} {after}", name, *GROUP)


@given(st.sampled_from(sorted(ALSO_WORDS - PARTICLES)), LETTERS, LETTERS)
def test_a_name_that_is_a_word_is_found_with_a_capital(word: str, before: str, after: str) -> None:
    assert word.capitalize() in found(f"{before} {word.capitalize()} {after}", word.capitalize())


@given(st.text(), st.lists(st.text(max_size=12), max_size=4))
def test_any_text_and_any_names_are_borne(text: str, names: list[str]) -> None:
    words = found(text, *names)
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        pytest.param("Clementine Bell", "he walked with Clem again", ["Clem"], id="the beginning"),
        pytest.param("Clementine Bell", "Clem came late", ["Clem"], id="the beginning, first in its sentence"),
        pytest.param("Clementine Bell", "it was clement, then clem", ["clem"], id="the usual form, written small"),
        pytest.param("Yolanda Cruz", "told Yol about it", ["Yol"], id="three letters in a sentence"),
        pytest.param("Yolanda Cruz", "Yol. Yola.", ["Yola"], id="three letters at its beginning are any word"),
        pytest.param("Daniel Reyes", "dan is a friend", ["dan"], id="dan"),
        pytest.param("Dan Reyes", "Daniel is a friend", ["Daniel"], id="the long form of a short one"),
        pytest.param("Robert Cole", "saw Bob and Robbie", ["Bob", "Robbie"], id="forms of one name"),
        pytest.param("María Guadalupe Soto", "fue con Lupe", ["Lupe"], id="the second first name"),
        pytest.param("Francisco Soto", "llamó Paco", ["Paco"], id="a form that shares no letters"),
        pytest.param("José Soto", "vino Pepe", ["Pepe"], id="with an accent"),
        pytest.param("Grace Dove", "saw Gracie, gracie", ["Gracie"], id="a fond ending"),
        pytest.param("Rosa Núñez", "con Rosita", ["Rosita"], id="un diminutivo"),
        pytest.param("Theresa Cole", "There was snow. The snow went.", [], id="there, the"),
        pytest.param("Stephen Cole", "Working on Step 4. Step 5 is next.", [], id="a step of twelve"),
        pytest.param("Andrew Hassan", "And so on. Has a plan. Had one.", [], id="three letters that begin a sentence"),
        pytest.param("Justin Courtney", "Just Court today. The Court said so.", [], id="everyday beginnings"),
        pytest.param("Alberto Ruiz", "fue al médico con él, pidió al juez", [], id="al is a word in Spanish"),
        pytest.param("Edward Cole", "was seen at the ED", [], id="the emergency department"),
        pytest.param("Felipe Ruiz", "found his pipe, vale", [], id="a form that is an everyday word"),
        pytest.param("Daniela Cole", "DANIE", [], id="a beginning in capitals is an abbreviation"),
    ],
)
def test_short_forms(name: str, text: str, words: list[str]) -> None:
    assert found(text, name) == words


def test_a_form_that_may_be_ones_own_is_ones_own() -> None:
    assert found("Dan and Clem came", "Daniel Cole", "Clementine Hill", own=("Danny", "Clemson")) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("he told hope about rent", ["hope"], id="who is told"),
        pytest.param("then will said no", ["will"], id="who says"),
        pytest.param("shared a ride with grace's brother", ["grace"], id="what somebody has"),
        pytest.param("he met mark’s sponsor", ["mark"], id="with a round apostrophe"),
        pytest.param("came with mark and left", ["mark"], id="with whom"),
        pytest.param("told rosa, called may", ["rosa"], id="of two that may be the word"),
        pytest.param("fue con rosa al grupo", ["rosa"], id="con quién"),
        pytest.param("luego esperanza dijo que no", ["esperanza"], id="quién dijo"),
        pytest.param("I hope so. He will try. She may come. They mark the day.", [], id="verbs"),
        pytest.param("full of hope, with hope, by the grace of others", [], id="things that one may have"),
        pytest.param("I told will-power apart; the will said it all", [], id="a thing with its article"),
        pytest.param("his hope's end, the day's mark", [], id="what a thing has"),
        pytest.param("he told them. hope helps", [], id="not over the end of a sentence"),
        pytest.param("what was asked, will follow", [], id="not over a comma"),
        pytest.param("con esperanza y con luz, con gracia", [], id="cosas que se tienen"),
        pytest.param("la esperanza dijo, su luz", [], id="una cosa con su artículo"),
    ],
)
def test_an_everyday_word_written_small_where_a_person_stands(text: str, words: list[str]) -> None:
    assert found(text, *GROUP, "Rosa Campos", *GRUPO, "Gracia Sol") == words


MODAL = st.sampled_from(["I", "he", "she", "they", "we", "you", "it", "that", "which", "who"])
AFTER = st.sampled_from(["try", "go", "come back", "be there", "see", "not", "for the best", "it works", "to stay"])


@given(
    st.lists(st.tuples(MODAL, st.sampled_from(["hope", "will", "may", "mark", "grant", "chase"]), AFTER), max_size=6)
)
def test_verbs_that_are_names_pass(said: list[tuple[str, str, str]]) -> None:
    names = ("Hope Lane", "Will Marsh", "May Tran", "Mark Hill", "Grant Day", "Chase Love")
    assert found(", ".join(" ".join(words) for words in said), *names) == []


PERSONS = sorted(ALSO_WORDS & {"hope", "will", "grace", "rosa", "mark", "joy", "bill", "ray", "sandy", "luz", "summer"})


@given(
    st.sampled_from(PERSONS),
    st.sampled_from(["told {}", "then {} said no", "it is {}'s turn", "met {} there"]),
    LETTERS,
)
def test_a_person_written_small_is_asked_about(word: str, frame: str, before: str) -> None:
    assert word in found(f"{before}. {frame.format(word)}", word.title())


@given(st.sampled_from(sorted(SHORT_FORMS.split())), LETTERS)
def test_every_form_of_a_name_is_found(form: str, before: str) -> None:
    """Written as a name, within a sentence, whatever goes before it."""
    line = next(line for line in SHORT_FORMS.splitlines() if form in line.split())
    assert form.title() in found(f"{before}. we told {form.title()} so", line.split()[0].title())


def test_the_lists_do_not_contradict_each_other() -> None:
    assert not ALSO_WORDS & (SAYS | OBJECT_OF | WITH | NEVER_NAMED)
