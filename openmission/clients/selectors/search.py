"""Finding people: by those who serve them, before somebody new is added, and for the privacy officer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import add, or_
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When, prefetch_related_objects
from django.utils import timezone

from openmission.audit import access
from openmission.audit.policies import can_read_log
from openmission.clients import rules
from openmission.clients.models import Client, SearchKey
from openmission.clients.policies import anyone_in_reach, charts_in_reach
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.kept import kept

SHOWN, MOST = 20, 200


@dataclass(frozen=True)
class Hit:
    """One person found: nearness 0 to 100 and whether the chart (else only intake) is in reach."""

    client: Client
    nearness: float
    chart: bool


def search(viewer: Actor, text: str, *, at: datetime | None = None) -> list[Hit]:
    """People in reach who fit the typed text, nearest first, at most `SHOWN`.

    Names in any order, nicknames and sounds-alike, the end of a phone number, a birth date. Every word must fit; when
    nobody fits all, people who fit any are shown.
    """
    at = at or timezone.now()
    terms = rules.parse_search(text, timezone.localdate(at))
    if not terms:
        return []
    asked = _asked(terms)
    found = _near(viewer, at, asked) or (_nearer(viewer, at, asked) if len(asked) > 1 else [])
    hits = _nearest(found, terms)
    charts = set(_charts(viewer, at, [client.id for client in hits]))
    access.note(client.id for client in hits)
    return [Hit(client, _nearness(terms, client), client.id in charts) for client in hits]


Fits = Callable[[Q], Q | Exists]  # from what is asked of a key to what is asked of a client


def _of_few(question: Q) -> Exists:
    """Looks at the keys of each client: for those in somebody's reach, however many clients there are beside them."""
    return Exists(SearchKey.objects.filter(question, client_id=OuterRef("id")))


def _of_all(question: Q) -> Q:
    """Looks at the clients of each key: for one among all."""
    return Q(id__in=SearchKey.objects.filter(question).values("client_id"))


@kept
def _near(viewer: Actor, at: datetime, asked: tuple["Asked", ...]) -> QuerySet[Client]:
    return _fit_all(anyone_in_reach(viewer, at), asked, _of_few)


@kept
def _nearer(viewer: Actor, at: datetime, asked: tuple["Asked", ...]) -> QuerySet[Client]:
    return _fit_some(anyone_in_reach(viewer, at), asked, _of_few)


@kept
def _charts(viewer: Actor, at: datetime, ids: list[UUID]) -> QuerySet[Client, UUID]:
    return charts_in_reach(viewer, at).filter(id__in=ids).values_list("id", flat=True)


def _fit_all(clients: QuerySet[Client], asked: Iterable["Asked"], fits: Fits) -> QuerySet[Client]:
    """Those who fit all that was typed."""
    return clients.filter(*(fits(_question(*one)) for one in asked)).prefetch_related("aliases")[:MOST]


def _fit_some(clients: QuerySet[Client], asked: Iterable["Asked"], fits: Fits) -> QuerySet[Client]:
    """Those who fit some of it, most first: for when nobody fits all."""
    questions = [fits(_question(*one)) for one in asked]
    count = reduce(add, (Case(When(one, then=1), default=0) for one in questions))
    found = clients.filter(reduce(or_, questions)).annotate(fits=count)
    return found.order_by("-fits", "id").prefetch_related("aliases")[:MOST]


Asked = tuple[str, str, str, set[str]]  # kind of key; the key, or its beginning and what comes after it; sounds


def _asked(terms: rules.SearchTerms) -> tuple[Asked, ...]:
    """What is asked of the keys: beginning like each word, or (three letters or more) sounding like it. `~` sorts after
    every folded letter.
    """
    kinds = SearchKey.Kind
    found: list[Asked] = [
        (kinds.WORD.value, word, word + "~", rules.sounds(word) if len(word) >= 3 else set()) for word in terms.words
    ]
    if terms.phone:
        length = next(length for length in (10, 7, 4) if len(terms.phone) >= length)
        found.append((kinds.PHONE.value, terms.phone[-length:], "", set()))
    if terms.birth_date:
        found.append((kinds.BIRTH.value, terms.birth_date.isoformat(), "", set()))
    return tuple(found)


def _question(kind: str, key: str, until: str, sounds: set[str]) -> Q:
    asked = Q(kind=kind, key__gte=key, key__lt=until) if until else Q(kind=kind, key=key)
    return asked | Q(kind=SearchKey.Kind.SOUND, key__in=sounds) if sounds else asked


def _nearest(found: list[Client], terms: rules.SearchTerms) -> list[Client]:
    """The first `SHOWN`: who fits more of what was typed, then whose names are nearer."""
    return sorted(found, key=lambda client: (-getattr(client, "fits", 0), -_nearness(terms, client)))[:SHOWN]


def _nearness(terms: rules.SearchTerms, client: Client) -> float:
    names = rules.words(
        client.first_name, client.last_name, client.chosen_name, *(alias.name for alias in client.aliases.all())
    )
    return rules.nearness(terms.words, names) if terms.words else 100.0


@dataclass(frozen=True)
class Lookalikes:
    """Before somebody new is added: people in reach who may be the same, and whether one out of reach surely is."""

    hits: list[Hit]
    outside_id: UUID | None


def lookalikes(
    viewer: Actor, *, name: str, birth_date: date | None, phone: str, at: datetime | None = None
) -> Lookalikes:
    """Search before create: those who fit all that is known, or every name, or the phone, or the birth date.

    Somebody out of reach is hinted at only when name and (birth date or phone) agree exactly: who asks knows the person
    already, and learns no more than that a colleague should be asked.
    """
    born = birth_date.isoformat() if birth_date else ""
    found = search(viewer, f"{name} {phone} {born}", at=at)
    prefetch_related_objects([hit.client for hit in found], "phones")
    words, digits = rules.words(name), rules.phone_key(phone)
    hits = [hit for hit in found if _likely(hit.client, len(words), digits, birth_date)]
    return Lookalikes(hits, _outside(viewer, words, born, digits, at or timezone.now()))


def outside_reach(viewer: Actor, text: str, *, at: datetime | None = None) -> UUID | None:
    """Somebody out of reach whom the typed text surely means: every word of it a name, and the birth date or phone. Who
    asks knows the person already.
    """
    at = at or timezone.now()
    terms = rules.parse_search(text, timezone.localdate(at))
    born = terms.birth_date.isoformat() if terms.birth_date else ""
    return _outside(viewer, terms.words, born, rules.phone_key(terms.phone), at)


def _outside(viewer: Actor, words: Iterable[str], born: str, digits: str, at: datetime) -> UUID | None:
    names = [_of_few(Q(kind=SearchKey.Kind.WORD, key=word)) for word in words]
    if not names or not (born or digits):
        return None
    sure = Q(kind=SearchKey.Kind.BIRTH, key=born) | Q(kind=SearchKey.Kind.PHONE, key=digits)
    same = Client.objects.filter(_of_all(sure), *names)
    outside = same.exclude(id__in=anyone_in_reach(viewer, at).values("id")).first()
    return outside.id if outside else None


def _likely(client: Client, words: int, digits: str, birth_date: date | None) -> bool:
    """One of many who share a first name is no lookalike: all names fit, or the phone or the birth date does."""
    if getattr(client, "fits", words) >= words or (birth_date and client.birth_date == birth_date):
        return True
    return bool(digits) and any(phone.digits.endswith(digits) for phone in client.phones.all())


def audited_clients(viewer: Actor, text: str) -> tuple[Client | None, list[Client]]:
    """For the privacy officer to read the log about: the only one who fits all of the typed text, if so it is; and
    anybody who fits it. Notes the look. Raises `Refused`.
    """
    require(can_read_log(viewer))
    terms = rules.parse_search(text, timezone.localdate())
    asked, everybody = _asked(terms), Client.objects.all()
    found = list(_fit_all(everybody, asked, _of_all)) if terms else []
    if len(asked) > 1 and not found:
        found = list(_fit_some(everybody, asked, _of_all))
    nearest = _nearest(found, terms)
    access.note(client.id for client in nearest)
    only = nearest[0] if len(nearest) == 1 and not hasattr(nearest[0], "fits") else None
    return only, nearest


def audited_client(viewer: Actor, id: UUID) -> Client | None:
    """The client whose log is read; notes the look. None for an id that nobody has. Raises `Refused`."""
    require(can_read_log(viewer))
    client = Client.objects.filter(id=id).first()
    if client:
        access.note([client.id])
    return client


def audited_names(viewer: Actor, ids: set[UUID]) -> dict[UUID, str]:
    """Full names for the lines of the log, in one query. Raises `Refused`.

    Not noted: a log that wrote a line for each of its own lines would drown what it is for.
    """
    require(can_read_log(viewer))
    return {client.id: client.full_name for client in Client.objects.filter(id__in=ids)}
