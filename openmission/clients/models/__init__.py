"""Tables of the clients room."""

from openmission.clients.models.client import Alias, Client, Identifier, Phone, SearchKey
from openmission.clients.models.reach import BreakGlass, CareTeamMember, ClientTeam

__all__ = [
    "Alias",
    "BreakGlass",
    "CareTeamMember",
    "Client",
    "ClientTeam",
    "Identifier",
    "Phone",
    "SearchKey",
]
