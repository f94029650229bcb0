"""Pages of the staff room."""

from openmission.staff.views import accounts, agencies, changes, cover, own
from openmission.staff.views.own import csrf_failure

__all__ = ["accounts", "agencies", "changes", "cover", "csrf_failure", "own"]
