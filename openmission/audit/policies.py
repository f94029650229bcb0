"""Who may read the logs."""

from django.utils.translation import gettext_lazy as _

from openmission.kernel.actors import Actor
from openmission.kernel.decisions import ALLOWED, Decision, denied

READER_ROLES = ("privacy_officer",)


def can_read_log(actor: Actor) -> Decision:
    """Only the privacy officer: the log shows who is served, to someone with no other access to charts."""
    if actor.has(*READER_ROLES):
        return ALLOWED
    return denied(_("Only the privacy officer reads the access log."))
