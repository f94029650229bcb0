"""Passwords guessed at the same moment: no more of them are looked at than one after the other."""

from functools import partial
from pathlib import Path

from tests.browser.server import serving
from tests.durability.test_contacts import at_once, ledger
from tests.durability.visitor import Visitor

ALLOWED = 5
KIND = "staff.SignInFailed"


def test_guesses_at_the_same_moment_are_counted_like_guesses_in_a_row(data: Path) -> None:
    with serving(data) as (address, _process):
        guessers = [Visitor(address, "") for _ in range(16)]
        for name in ("ana", "pat"):
            before = ledger(data)["events"].get(KIND, 0)
            wrong = {"login": f"{name}@example.org", "password": "not the password at all"}
            at_once(*[partial(guesser.post, "/sign-in/", wrong) for guesser in guessers])
            assert ledger(data)["events"][KIND] - before == ALLOWED
