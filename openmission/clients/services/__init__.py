"""The only place where the clients room writes."""

from openmission.clients.services import break_glass, care_teams, clients

__all__ = ["break_glass", "care_teams", "clients"]
