"""Pages of the clients room."""

from openmission.clients.views import details, emergencies, log

__all__ = ["details", "emergencies", "log"]
