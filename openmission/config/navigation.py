"""The main menu: which pages a person's roles open, in the order of their work."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from openmission.kernel.addresses import address
from openmission.staff import roles

ENTRIES = (
    ("desk:my_day", _("My day"), roles.CARE),
    ("desk:caseload", _("Caseload"), roles.CARE),
    ("delivery:groups", _("Groups"), roles.CARE),
    ("intake:board", _("Referrals"), roles.INTAKE),
    ("exchange:people", _("Find people"), (roles.INTAKE_WORKER, roles.SUPERVISOR, roles.PROGRAM_MANAGER)),
    ("staff:cover", _("Cover"), roles.CARE),
    ("programs:list", _("Programs"), (roles.PROGRAM_MANAGER,)),
    ("curricula:list", _("Sessions and worksheets"), (roles.PROGRAM_MANAGER,)),
    ("clients:looks", _("Access log"), (roles.PRIVACY_OFFICER,)),
    ("clients:emergencies", _("Emergency access"), (roles.PRIVACY_OFFICER,)),
    ("staff:accounts", _("Staff"), (roles.ADMINISTRATOR,)),
    ("staff:teams", _("Teams"), (roles.ADMINISTRATOR,)),
    ("staff:settings", _("Settings"), (roles.ADMINISTRATOR,)),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`nav` and `search_url` for the frame of every page of a signed-in person."""
    viewer = getattr(request, "viewer", None)
    if viewer is None:
        return {}
    here = request.path
    entries = []
    for name, label, allowed in ENTRIES:
        if viewer.has(*allowed):
            url = address(name)
            entries.append((url, label, here.startswith(url)))
    found: dict[str, Any] = {"nav": entries}
    if viewer.has(*roles.CARE, *roles.INTAKE):
        found["search_url"] = address("desk:search")
    return found
