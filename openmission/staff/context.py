"""What every page knows about who is looking."""

import base64
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from openmission.kernel.actors import Actor
from openmission.staff.roles import ADMINISTRATOR, CARE


def viewer(request: HttpRequest) -> dict[str, Any]:
    """`viewer` (Actor or None), `viewer_agency`, and for a signed-in person session length, draft key, own pages."""
    actor = getattr(request, "viewer", None)
    if actor is None:
        return {"viewer": None}
    agency = request.user.agency
    return {
        "viewer": actor,
        "viewer_agency": agency,
        "session_seconds": agency.session_minutes * 60,
        "session_ping_url": reverse("staff:stay"),
        "user_links": list(_own_links(actor)),
        "draft_key": base64.b64encode(bytes(request.user.draft_key)).decode(),
    }


def _own_links(actor: Actor) -> Iterator[tuple[str, str]]:
    """This room's pages in the person's menu."""
    yield reverse("staff:me"), _("Me")
    if actor.has(*CARE):
        yield reverse("staff:cover"), _("Cover")
    if actor.has(ADMINISTRATOR):
        yield reverse("staff:accounts"), _("Accounts, teams and settings")
