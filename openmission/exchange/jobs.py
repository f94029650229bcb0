"""Background jobs of the exchange room. Each may run twice: it does what is left to do."""

from uuid import UUID

from django.utils import timezone

from openmission.exchange.services import importing
from openmission.kernel.actors import SYSTEM
from openmission.kernel.jobs import job


@job
def go_on_with_import(import_id: str) -> None:
    """Take an import to its end or to a person's decision; queued with it, and again when its worker was killed."""
    importing.continue_import(import_id=UUID(import_id), by=SYSTEM, at=timezone.now())
