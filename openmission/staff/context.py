"""What every page knows about who is looking."""

import base64
from hashlib import sha256
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from openmission.kernel.addresses import address
from openmission.staff.middleware import seconds_left


def viewer(request: HttpRequest) -> dict[str, Any]:
    """`viewer` (Actor or None), `viewer_agency`, and for a signed-in person session length, draft key
    and under which name the device keeps drafts, own page."""
    actor = getattr(request, "viewer", None)
    if actor is None:
        return {"viewer": None}
    agency, draft_key = request.user.agency, bytes(request.user.draft_key)
    return {
        "viewer": actor,
        "viewer_agency": agency,
        "session_seconds": agency.session_minutes * 60,
        "session_longest": max(seconds_left(request), 1),
        "session_ping_url": address("staff:stay"),
        "user_links": [(address("staff:me"), _("Me"))],
        "draft_key": base64.b64encode(draft_key).decode(),
        "draft_owner": sha256(draft_key).hexdigest()[:12],
    }
