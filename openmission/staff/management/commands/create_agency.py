"""Creates the agency of this installation and its first administrator; the first password is shown once."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from openmission.kernel.actors import SYSTEM
from openmission.kernel.errors import DomainError
from openmission.staff.passwords import readable_password
from openmission.staff.roles import ADMINISTRATOR
from openmission.staff.services import accounts, agencies


class Command(BaseCommand):
    help = "Create the agency and its first administrator"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", default="My agency", help="name of the agency (%(default)s)")
        parser.add_argument("--time-zone", default=settings.TIME_ZONE, help="for example America/Denver (%(default)s)")
        parser.add_argument("--admin-name", default="Administrator", help="name of the administrator (%(default)s)")
        parser.add_argument("--admin-email", default="admin@agency.example", help="to sign in with (%(default)s)")

    def handle(self, *, name: str, time_zone: str, admin_name: str, admin_email: str, **options: Any) -> None:
        password = readable_password()
        try:
            validate_email(admin_email)
            _create(name, time_zone, admin_name, admin_email, password)
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"\n{name} is ready. Sign in as its administrator; the password is shown only now:\n\n"
            f"    e-mail    {admin_email.lower()}\n"
            f"    password  {password}\n\n"
            "The first sign-in asks for a password of your own. Then: add a team, add accounts.\n"
            "Name and time zone are under Settings.\n"
        )


@transaction.atomic
def _create(name: str, time_zone: str, admin_name: str, admin_email: str, password: str) -> None:
    """All or nothing: an agency without an administrator could not be entered."""
    now = timezone.now()
    agency = agencies.create_agency(name=name, time_zone=time_zone, by=SYSTEM, at=now)
    accounts.open_account(
        agency=agency,
        name=admin_name,
        email=admin_email,
        password=password,
        role=ADMINISTRATOR,
        team=None,
        by=SYSTEM,
        at=now,
    )
