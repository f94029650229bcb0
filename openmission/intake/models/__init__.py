"""Tables of the intake room."""

from openmission.intake.models.document import SignedDocument
from openmission.intake.models.enrollment import ChecklistMark, Enrollment, EnrollmentPhase
from openmission.intake.models.referral import CriterionAnswer, Referral, ReferralAttempt, Screening

__all__ = [
    "ChecklistMark",
    "CriterionAnswer",
    "Enrollment",
    "EnrollmentPhase",
    "Referral",
    "ReferralAttempt",
    "Screening",
    "SignedDocument",
]
