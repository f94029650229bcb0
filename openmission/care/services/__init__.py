"""The only place where the care room writes."""

from openmission.care.services import appointments, contacts, corrections, deferrals, handovers, phases, withdrawals

__all__ = ["appointments", "contacts", "corrections", "deferrals", "handovers", "phases", "withdrawals"]
