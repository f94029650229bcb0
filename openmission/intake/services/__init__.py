"""The only place where the intake room writes."""

from openmission.intake.services import checklists, documents, enrollments, referrals, screenings

__all__ = ["checklists", "documents", "enrollments", "referrals", "screenings"]
