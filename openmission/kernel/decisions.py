"""A permission answer that carries a reason a person can read."""

from dataclasses import dataclass

from django.utils.functional import Promise

from openmission.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Decision:
    """`allowed`, and when it is not: `reason`, shown to the person beside the disabled action."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Decision(True)


def denied(reason: str | Promise) -> Decision:
    return Decision(False, reason)


def require(decision: Decision) -> None:
    """Raise `Refused` with the decision's reason unless it is allowed."""
    if not decision.allowed:
        raise Refused(decision.reason)
