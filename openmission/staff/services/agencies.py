"""The agency, its settings and its teams."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.staff.events import AgencyCreated, SettingsChanged, TeamCreated
from openmission.staff.models import Agency, Team
from openmission.staff.policies import can_administer


class AgencyExists(DomainError):
    """An installation serves one agency."""


class TeamNameTaken(DomainError):
    """Two teams of one name cannot be told apart."""


class InvalidSetting(DomainError):
    """A setting outside what is allowed."""


@transaction.atomic
def create_agency(*, name: str, time_zone: str, by: Actor, at: datetime, is_practice: bool = False) -> Agency:
    """Create the one agency of this installation. Raises `AgencyExists`, `Refused`."""
    require(can_administer(by))
    if Agency.objects.exists():
        raise AgencyExists(_("This installation already has an agency."))
    agency = Agency.objects.create(name=name, time_zone=_known_zone(time_zone), is_practice=is_practice, created_at=at)
    record(AgencyCreated(name=name), by=by, at=at)
    return agency


def _known_zone(time_zone: str) -> str:
    try:
        ZoneInfo(time_zone)
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        raise InvalidSetting(_("That time zone is not known."), field="time_zone") from error
    return time_zone


@transaction.atomic
def change_settings(
    agency: Agency,
    *,
    name: str,
    time_zone: str,
    second_factor_required: bool,
    session_minutes: int,
    by: Actor,
    at: datetime,
) -> Agency:
    """Change the agency's settings and record those that differ. Raises `InvalidSetting`, `Refused`."""
    require(can_administer(by))
    if not 5 <= session_minutes <= 240:
        raise InvalidSetting(_("Choose between 5 and 240 minutes."), field="session_minutes")
    wanted = {
        "name": name,
        "time_zone": _known_zone(time_zone),
        "second_factor_required": second_factor_required,
        "session_minutes": session_minutes,
    }
    changed = {field: str(value) for field, value in wanted.items() if getattr(agency, field) != value}
    if changed:
        Agency.objects.filter(id=agency.id).update(**{field: wanted[field] for field in changed})
        record(SettingsChanged(changed=changed), by=by, at=at)
    agency.refresh_from_db()
    return agency


@transaction.atomic
def create_team(*, agency: Agency, name: str, by: Actor, at: datetime, site: str = "", phone: str = "") -> Team:
    """Create a team. Raises `TeamNameTaken`, `Refused`."""
    require(can_administer(by))
    if Team.objects.filter(agency=agency, name__iexact=name).exists():
        raise TeamNameTaken(_("There is already a team of that name."), field="name")
    team = Team.objects.create(agency=agency, name=name, site=site, phone=phone, created_at=at)
    record(TeamCreated(team_id=team.id, name=name), by=by, at=at)
    return team
