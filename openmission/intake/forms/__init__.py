"""Forms of the intake room. What can be wrong beyond a field's own shape is the services' to say."""

from openmission.intake.forms.enrollments import ChecklistForm, EnrollForm, PairForm, SignatureForm
from openmission.intake.forms.referrals import AttemptForm, CloseForm, ReferralForm, WhoForm
from openmission.intake.forms.screenings import CriterionForm, NotEligibleForm, ReasonForm

__all__ = [
    "AttemptForm",
    "ChecklistForm",
    "CloseForm",
    "CriterionForm",
    "EnrollForm",
    "NotEligibleForm",
    "PairForm",
    "ReasonForm",
    "ReferralForm",
    "SignatureForm",
    "WhoForm",
]
