"""Accounts and roles."""

import os
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.staff.events import (
    PasswordSet,
    PreferenceChanged,
    RoleEnded,
    RoleGiven,
    StaffAdded,
    StaffChanged,
    StaffClosed,
    StaffReopened,
)
from openmission.staff.models import Agency, StaffRole, Team, User
from openmission.staff.policies import can_administer
from openmission.staff.roles import ADMINISTRATOR, ROLES


class EmailTaken(DomainError):
    """An e-mail address signs in to one account."""


class WeakPassword(DomainError):
    """The password does not meet the rules; the text says which."""


class RoleNeedsTeam(DomainError):
    """A team role without a team, or an agency role with one."""


class LastAdministrator(DomainError):
    """Somebody must be able to look after accounts."""


@transaction.atomic
def add_staff(*, agency: Agency, name: str, email: str, password: str, by: Actor, at: datetime) -> User:
    """Open an account with a first password. Raises `EmailTaken`, `WeakPassword`, `Refused`."""
    require(can_administer(by))
    email = _free_email(email)
    user = User(agency=agency, name=name.strip(), email=email, draft_key=os.urandom(32), created_at=at)
    _check_password(password, user)
    user.password = make_password(password)
    user.save(force_insert=True)
    record(StaffAdded(user_id=user.id, name=user.name), by=by, at=at)
    return user


@transaction.atomic
def open_account(
    *, agency: Agency, name: str, email: str, password: str, role: str, team: Team | None, by: Actor, at: datetime
) -> User:
    """Add a colleague with a first role, and with a first password that they must change (not in the practice agency).

    Raises what `add_staff` and `give_role` raise.
    """
    user = add_staff(agency=agency, name=name, email=email, password=password, by=by, at=at)
    User.objects.filter(id=user.id).update(must_change_password=not agency.is_practice)
    give_role(user, role=role, team=team, by=by, at=at)
    return user


def _free_email(email: str, of: User | None = None) -> str:
    email = email.strip().lower()
    if User.objects.filter(email__iexact=email).exclude(id=of.id if of else None).exists():
        raise EmailTaken(_("There is already an account with that e-mail address."), field="email")
    return email


@transaction.atomic
def change_staff(user: User, *, name: str, email: str, by: Actor, at: datetime) -> None:
    """Change the name or the e-mail address to sign in with. Raises `EmailTaken`, `Refused`."""
    require(can_administer(by))
    wanted = {"name": name.strip(), "email": _free_email(email, user)}
    changed = tuple(field for field, value in wanted.items() if getattr(user, field) != value)
    if changed:
        User.objects.filter(id=user.id).update(**wanted)
        record(StaffChanged(user_id=user.id, name=wanted["name"], fields=changed), by=by, at=at)


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages), field="password") from error


@transaction.atomic
def set_password(user: User, *, password: str, by: Actor, at: datetime) -> None:
    """Set a new password for somebody who lost theirs, and who must change it. Raises `WeakPassword`, `Refused`."""
    require(can_administer(by))
    _check_password(password, user)
    known_to_another = by.id != user.id and not user.agency.is_practice
    User.objects.filter(id=user.id).update(password=make_password(password), must_change_password=known_to_another)
    record(PasswordSet(user_id=user.id, name=user.name), by=by, at=at)


@transaction.atomic
def close_account(user: User, *, by: Actor, at: datetime) -> None:
    """Close an account: it can no longer sign in; its history stays. Raises `LastAdministrator`, `Refused`."""
    require(can_administer(by))
    _keep_an_administrator(without=user)
    User.objects.filter(id=user.id).update(is_active=False)
    record(StaffClosed(user_id=user.id, name=user.name), by=by, at=at)


@transaction.atomic
def reopen_account(user: User, *, by: Actor, at: datetime) -> None:
    """Open a closed account again, with the roles it still holds. Raises `Refused`."""
    require(can_administer(by))
    User.objects.filter(id=user.id).update(is_active=True)
    record(StaffReopened(user_id=user.id, name=user.name), by=by, at=at)


def _keep_an_administrator(*, without: User) -> None:
    held = StaffRole.objects.filter(role=ADMINISTRATOR, ends_on=None, user__is_active=True)
    if held.filter(user=without).exists() and not held.exclude(user=without).exists():
        raise LastAdministrator(_("This is the only administrator. Give somebody else that role first."))


@transaction.atomic
def give_role(
    user: User, *, role: str, team: Team | None, by: Actor, at: datetime, on: date | None = None
) -> StaffRole:
    """Give a role from a day on (`at`'s day when none is given); one already held stays as it is.

    Raises `RoleNeedsTeam`, `Refused`.
    """
    require(can_administer(by))
    if ROLES[role].in_team != (team is not None):
        raise RoleNeedsTeam(
            _("Choose the team for this role.") if ROLES[role].in_team else _("This role is for the whole agency."),
            field="team",
        )
    held = StaffRole.objects.filter(user=user, role=role, team=team, ends_on=None).first()
    if held:
        return held
    given = StaffRole.objects.create(user=user, role=role, team=team, starts_on=on or user.agency.day_of(at))
    record(RoleGiven(**_told(given)), by=by, at=at)
    return given


def _told(held: StaffRole) -> dict[str, Any]:
    return {
        "user_id": held.user_id,
        "name": held.user.name,
        "role": held.role,
        "team_id": held.team_id,
        "team": held.team.name if held.team else "",
    }


@transaction.atomic
def end_role(held: StaffRole, *, by: Actor, at: datetime) -> None:
    """End a role now; nothing when it has ended already. Raises `LastAdministrator`, `Refused`."""
    require(can_administer(by))
    if held.role == ADMINISTRATOR:
        _keep_an_administrator(without=held.user)
    yesterday = held.user.agency.day_of(at) - timedelta(days=1)
    if StaffRole.objects.filter(id=held.id, ends_on=None).update(ends_on=yesterday):
        record(RoleEnded(**_told(held)), by=by, at=at)


@transaction.atomic
def change_preferences(user: User, *, by: Actor, at: datetime, **wanted: str) -> None:
    """Change one's own language or caseload view. Raises `DomainError` for another person's account."""
    if by.id != user.id:
        raise DomainError(_("Everybody changes their own preferences."))
    allowed = {"language": {"en", "es"}, "caseload_view": {"table", "cards"}}
    changed = {
        field: value for field, value in wanted.items() if value in allowed[field] and getattr(user, field) != value
    }
    if changed:
        User.objects.filter(id=user.id).update(**changed)
        record(PreferenceChanged(changed=changed), by=by, at=at)
