"""A client's own details."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openmission.audit.services import record
from openmission.clients import rules
from openmission.clients.events import ClientChanged, ClientCreated
from openmission.clients.models import Alias, Client, Identifier, Phone, SearchKey
from openmission.clients.policies import can_change_client, can_create_client
from openmission.clients.selectors.charts import changes_since
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.kernel.ids import new_id
from openmission.kernel.names import HIDDEN, has_hidden, one_line
from openmission.kernel.rows import said_before

NO_PHONE = lazy("“%(number)s” cannot be called: a phone number has 7 to 15 digits. Correct it, or leave it empty.")
NAMES = ("first_name", "middle_name", "last_name", "suffix", "chosen_name")


class InvalidClient(DomainError):
    """Details that cannot be right; `field` says which."""


class IdentifierTaken(DomainError):
    """Another client already has this number of this system."""


class ChangedMeanwhile(DomainError):
    """Somebody else changed the details after they were read."""


@dataclass(frozen=True)
class ClientDetails:
    """What a worker fills in about a client. Phones are (number, label); identifiers (system, value)."""

    first_name: str
    last_name: str = ""
    middle_name: str = ""
    suffix: str = ""
    chosen_name: str = ""
    pronouns: str = ""
    birth_date: date | None = None
    language: str = "en"
    reach_note: str = ""
    may_leave_message: bool = False
    may_text: bool = False
    phones: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = field(default=())

    def own_fields(self) -> dict[str, object]:
        """The fields of the client's own row."""
        elsewhere = {"phones", "aliases", "identifiers"}
        return {name: value for name, value in self.__dict__.items() if name not in elsewhere}


def _checked(details: ClientDetails, at: datetime) -> ClientDetails:
    """Spaces trimmed. Raises `InvalidClient` for what cannot be right."""
    trimmed = {name: one_line(value) for name, value in details.own_fields().items() if isinstance(value, str)}
    details = replace(details, **trimmed)  # type: ignore[arg-type]
    if not details.first_name:
        raise InvalidClient(_("Give a name. One word is enough."), field="first_name")
    for name in NAMES:
        if has_hidden(getattr(details, name)):
            raise InvalidClient(HIDDEN, field=name)
    born = details.birth_date
    if born and not (1900 <= born.year and born <= at.date()):
        raise InvalidClient(_("Check the birth date: it is in the future or long past."), field="birth_date")
    for number, _label in details.phones:
        if not rules.can_be_called(number):
            raise InvalidClient(NO_PHONE % {"number": number}, field="phone")
    return details


@transaction.atomic
def create_client(*, details: ClientDetails, by: Actor, at: datetime, id: UUID | None = None) -> Client:
    """Create a client. With an `id` that exists already, return that client unchanged (a retry).

    Raises `InvalidClient`, `IdentifierTaken`, `IdTaken`, `Refused`.
    """
    require(can_create_client(by))
    if existing := said_before(Client, id, created_by=by.id):
        return existing
    details = _checked(details, at)
    client = Client.objects.create(id=id or new_id(), created_at=at, created_by=by.id, **details.own_fields())
    for system, value in details.identifiers:
        if Identifier.objects.filter(system=system, value=value).exists():
            raise IdentifierTaken(_("Somebody with this number is already on record."))
        Identifier.objects.create(client=client, system=system, value=value)
    _write_phones_and_aliases(client, details)
    _index(client)
    record(ClientCreated(client_id=client.id), by=by, at=at)
    return client


def _write_phones_and_aliases(client: Client, details: ClientDetails) -> None:
    for number, label in details.phones:
        digits = re.sub(r"\D", "", number)
        Phone.objects.create(client=client, number=number.strip(), digits=digits, label=label)
    for name in details.aliases:
        Alias.objects.create(client=client, name=name)


@transaction.atomic
def change_client(
    client: Client, *, details: ClientDetails, by: Actor, at: datetime, seen: str | None = None
) -> Client:
    """Replace a client's details (identifiers stay). Records which fields.

    `seen`: the id of the latest change that the person knows of (empty: none; None: do not ask). Raises
    `ChangedMeanwhile`, `InvalidClient`, `Refused`.
    """
    require(can_change_client(by, client, at))
    details = _checked(details, at)
    client = Client.objects.select_for_update(no_key=True).get(id=client.id)
    wanted = details.own_fields()
    changed = [name for name, value in wanted.items() if getattr(client, name) != value]
    phones = tuple(client.phones.order_by("id").values_list("number", "label"))
    aliases = tuple(client.aliases.order_by("id").values_list("name", flat=True))
    changed += ["phones"] if phones != details.phones else []
    changed += ["aliases"] if aliases != details.aliases else []
    if not changed:
        return client
    if seen is not None and changes_since(by, client.id, seen=seen):
        text = _("Somebody changed these details while you had them open. Look at what is different, then save again.")
        raise ChangedMeanwhile(text)
    Client.objects.filter(id=client.id).update(**wanted)
    client.refresh_from_db()
    if "phones" in changed or "aliases" in changed:
        client.phones.all().delete()
        client.aliases.all().delete()
        _write_phones_and_aliases(client, details)
    _index(client)
    record(ClientChanged(client_id=client.id, fields=tuple(changed)), by=by, at=at)
    return client


def _index(client: Client) -> None:
    """Write anew what the client is found by."""
    SearchKey.objects.filter(client=client).delete()
    SearchKey.objects.bulk_create(SearchKey(client=client, kind=kind, key=key) for kind, key in sorted(_keys(client)))


def _keys(client: Client) -> Iterable[tuple[str, str]]:
    named = (client.first_name, client.middle_name, client.last_name, client.chosen_name)
    called = (*named, *client.aliases.values_list("name", flat=True))
    names = rules.words(*called, *(name.replace("'", " ").replace("’", " ") for name in called))
    keys = {(SearchKey.Kind.WORD, word) for word in names}
    keys |= {(SearchKey.Kind.WORD, other) for word in names for other in map(rules.fold, rules.also_called(word))}
    keys |= {(SearchKey.Kind.SOUND, heard) for word in names for heard in rules.sounds(word)}
    for digits in client.phones.values_list("digits", flat=True):
        keys |= {(SearchKey.Kind.PHONE, digits[-length:]) for length in (10, 7, 4)}
    if client.birth_date:
        keys.add((SearchKey.Kind.BIRTH, client.birth_date.isoformat()))
    return keys
