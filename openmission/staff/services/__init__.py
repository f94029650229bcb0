"""The only place where the staff room writes."""

from openmission.staff.services import accounts, agencies, cover, sign_in

__all__ = ["accounts", "agencies", "cover", "sign_in"]
