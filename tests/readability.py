"""How hard a passage is to read, offline: syllables are counted by vowel groups, which is close enough for a limit."""

import re

_WORD = re.compile(r"[a-záéíóúüñ']+", re.I)


def grade(text: str) -> float:
    """Flesch-Kincaid school grade of an English passage."""
    words, sentences = _WORD.findall(text), _sentences(text)
    syllables = sum(_english_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def spanish_ease(text: str) -> float:
    """Fernández Huerta ease of a Spanish passage: 70 to 80 is sixth grade, more is easier."""
    words, sentences = _WORD.findall(text), _sentences(text)
    syllables = sum(_spanish_syllables(word.lower()) for word in words)
    return 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / sentences


def _sentences(text: str) -> int:
    return max(len(re.findall(r"[.!?:]+(?:\s|$)", text)), 1)


def _english_syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word))
    if re.search(r"[^aeiouyl]e$|[^aeiouydt]ed$|[^aeiouscxzh]es$", word) and groups > 1:
        groups -= 1
    return max(groups, 1)


def _spanish_syllables(word: str) -> int:
    """A strong vowel or a stressed weak one carries a syllable; weak vowels lean on it; the u of que, gue is silent."""
    word = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word)
    strong = len(re.findall(r"[aeoáéóíú]", word))
    alone = len(re.findall(r"(?<![aeoáéóíúiuü])[iuü]+(?![aeoáéóíú])", word))
    return max(strong + alone, 1)
