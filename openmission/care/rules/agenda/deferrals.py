"""A line put off or handed on stays on the agenda: waiting with a day, or in a colleague's hands."""

from dataclasses import replace
from datetime import date

from openmission.care.rules.agenda.facts import EnrollmentFacts
from openmission.care.rules.agenda.items import Action, DueItem

NEVER_WAITS = "safety:"


def may_wait(item_key: str) -> bool:
    """Whether a line may be put off. The safety steps never; they may be handed on."""
    return not item_key.startswith(NEVER_WAITS)


def with_deferral(item: DueItem, facts: EnrollmentFacts, on: date) -> DueItem:
    """The item as the newest word about it leaves it on that day.

    Put off: it waits until the day. Handed on: it presses the colleague, and waits for the others. A meeting that it
    asks for is no more the colleague's once they have met the client, unless they owe it themselves; it waits for the
    others until the day, for what the role owes stays owed. Either ends early when the line weighs more than it did
    then: it presses them all, the colleague included who has not met the client yet. Either ends with the need that it
    was about: the next need of the same kind presses as if nothing had been said. So does a line in the hands of a
    colleague who does not serve the client on that day. What may not wait is not put off, whatever was said of it.
    """
    words = (deferral for deferral in facts.deferrals if deferral.item_key == item.key)
    newest = max(words, key=lambda d: (d.at, d.until_on, str(d.to)), default=None)
    if newest and newest.to is None and not may_wait(item.key):
        return item
    if newest is None or on >= newest.until_on or item.need_on > newest.need_on:
        return item
    if newest.to and not newest.to_serves:
        return item
    worse = item.weight > newest.weight
    owes = any(newest.to in facts.role(role).holders for role in item.for_roles)
    done = item.action == Action.RECORD_CONTACT and newest.to_met and not owes
    return replace(item, held=None if worse else newest, in_hand_of=None if done else newest.to)
