"""Changes the key of encrypted texts, files and second-factor secrets (`keys/field.key`), while the server runs."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from openmission.kernel.actors import SYSTEM
from openmission.staff.services import keys

KEPT = (
    "The old key is kept as field.key.old. If a key of another time opens them, put it there and run this again; if "
    "they are lost, remove field.key.old."
)


class Command(BaseCommand):
    help = "Make a new encryption key and rewrite with it all that is encrypted. Broken off, run it again."

    def handle(self, **options: Any) -> None:
        if os.geteuid() != settings.FIELD_KEY_FILE.stat().st_uid:
            raise CommandError("Run this as the user that the server runs as: the new key is readable by nobody else.")
        self.stdout.write("Rewriting what is encrypted. Until it is done both keys stand in the data folder.")
        self.stdout.flush()
        try:
            rewritten = keys.rotate_key(by=SYSTEM, at=timezone.now())
        except BlockingIOError as error:
            raise CommandError("The key is being changed by another process already.") from error
        self.stdout.write("A new key was made." if rewritten.new_key else "A change that was begun was taken up.")
        for place, count in sorted(rewritten.done.items()):
            self.stdout.write(f"{count:8} {place}")
        self.stdout.write(f"{rewritten.done.total():8} rewritten.")
        for place, count in sorted(rewritten.unreadable.items()):
            self.stderr.write(f"{count:8} {place}: no key opens them; they are left as they were")
        if rewritten.unreadable:
            raise CommandError(KEPT)
        self.stdout.write("The old key is removed.")
