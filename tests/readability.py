"""How hard a passage is to read, as textstat reckons it, offline. Its language is global: each asks in its own."""

import textstat


def grade(text: str) -> float:
    """Flesch-Kincaid school grade of an English passage."""
    textstat.set_lang("en_US")
    return textstat.flesch_kincaid_grade(text)


def spanish_ease(text: str) -> float:
    """Fernández Huerta ease of a Spanish passage: 70 to 80 is sixth grade, more is easier."""
    textstat.set_lang("es")
    try:
        return textstat.fernandez_huerta(text)
    finally:
        textstat.set_lang("en_US")
