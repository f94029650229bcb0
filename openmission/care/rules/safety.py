"""Two people on the safety steps at once: what either ticked or wrote is kept."""

from collections.abc import Iterable


def united_steps(done: Iterable[str], more: Iterable[str]) -> list[str]:
    """What either has done, in the order in which it was said. A tick that was saved stays."""
    return list(dict.fromkeys((*done, *more)))


def added_note(stored: str, more: str) -> str:
    """What was agreed only grows: the new words stand below the others. The last words said again say nothing new."""
    more = more.replace("\r\n", "\n").strip()
    if not more or f"\n\n{stored}".endswith(f"\n\n{more}"):
        return stored
    return f"{stored}\n\n{more}" if stored else more
