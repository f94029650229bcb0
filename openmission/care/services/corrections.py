"""Correcting a contact: what it said before is kept."""

import json
from datetime import datetime
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.details import FIELDS, ChangedMeanwhile, ContactDetails, check_contact, check_seen
from openmission.care.events import ContactCorrected
from openmission.care.models import Contact, ContactStaff, ContactVersion
from openmission.care.policies import can_correct_contact
from openmission.care.selectors.contacts import phase_at, roles_of
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import Decision, require
from openmission.programs.selectors import program as read_program
from openmission.staff.roles import CASE_MANAGER, PEER_SPECIALIST


@transaction.atomic
def correct_contact(
    contact: Contact,
    *,
    details: ContactDetails,
    by: Actor,
    at: datetime,
    seen: str | None = None,
    may: Decision | None = None,
) -> Contact:
    """Correct one's own contact (a supervisor: any of the team); the client stays. What it said before is kept, and
    when nothing differs nothing is written. `seen` as in `check_seen`, `may` as in `log_contact`. Raises
    `ChangedMeanwhile`, `InvalidContact`, `Refused`.
    """
    current = Contact.objects.select_for_update(of=("self",)).select_related("enrollment").get(id=contact.id)
    if current.withdrawn_at and seen is not None:
        raise ChangedMeanwhile(_("Somebody withdrew this contact while you had it open. Nothing was corrected."))
    require(can_correct_contact(by, current, at) if may is None else may)
    check_contact(details, read_program(by, current.enrollment.program_version_id).components, at)
    before = {name: getattr(current, name) for name in FIELDS}
    changed = [name for name in FIELDS if before[name] != getattr(details, name)]
    staff = {member.user_id: member for member in current.staff.select_related("user")}
    wanted = details.staff_ids or (current.recorded_by,)
    if set(wanted) != set(staff):
        before["staff"] = sorted(member.user.name for member in staff.values())
        changed.append("staff")
    if not changed:
        return current
    check_seen(current, seen)
    ContactVersion.objects.create(
        contact=current, before=json.dumps(before, cls=DjangoJSONEncoder), at=at, by_id=by.id, by_name=by.name
    )
    _rewrite(current, details, {user_id: member.role for user_id, member in staff.items()}, wanted, by=by, at=at)
    event = ContactCorrected(client_id=current.client_id, contact_id=current.id, fields=tuple(changed))
    record(event, by=by, at=at)
    return current


def _rewrite(
    contact: Contact,
    details: ContactDetails,
    roles: dict[UUID, str],
    wanted: tuple[UUID, ...],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Who stays keeps the role held that day; who is new gets theirs."""
    new = tuple(user_id for user_id in wanted if user_id not in roles)
    added = roles_of(by, contact.enrollment, new) if new else {}
    contact.staff.exclude(user_id__in=wanted).delete()
    ContactStaff.objects.bulk_create(ContactStaff(contact=contact, user_id=u, role=r) for u, r in added.items())
    took_part = {**{user_id: role for user_id, role in roles.items() if user_id in wanted}, **added}.values()
    for name in FIELDS:
        setattr(contact, name, getattr(details, name))
    contact.on, contact.corrected_at = timezone.localdate(details.at), at
    contact.phase = phase_at(by, contact.enrollment, contact.on)
    contact.by_case_manager, contact.by_peer = CASE_MANAGER in took_part, PEER_SPECIALIST in took_part
    derived = ("on", "phase", "by_case_manager", "by_peer", "corrected_at")
    contact.save(update_fields=[*FIELDS, *derived])
