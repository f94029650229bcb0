"""Questions that the ORM builds once and asks again and again.

Django builds the SQL of a queryset anew each time, which takes several times as long as the database needs to answer.
`@kept` turns a function that builds a question out of its parameters into one that answers it with a list; the SQL is
kept, and each asking fills in its values:

    @kept
    def _phones_of(client_id: UUID) -> QuerySet[Phone]:
        return Phone.objects.filter(client_id=client_id)

Parameters are keys, days, moments, texts, lists of them, and the viewer. The function sees which of them are empty
(`if component:`), the viewer's roles, a number as it is, and how many a tuple holds; each case is kept by itself. It
sees nothing else of a value, and must not depend on what it was not given: not on the language, not on the time. The
time zone is seen too, because days are cut by it.
"""

from collections.abc import Callable, Set
from datetime import date, datetime
from functools import wraps
from operator import itemgetter
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.expressions import BaseExpression
from django.utils import timezone

from openmission.kernel.actors import Actor

P = ParamSpec("P")
T = TypeVar("T")
Read = Callable[[dict[str, Any]], Any]  # finds one value among those given
MOST = 500  # cases that a connection keeps: some differ by the number of words that somebody typed


def kept(ask: Callable[P, QuerySet[Any, T]]) -> Callable[P, list[T]]:
    """Answer a question whose SQL is kept (see the module). Each connection keeps its own."""
    names = ask.__code__.co_varnames[: ask.__code__.co_argcount]

    @wraps(ask)
    def answer(*args: P.args, **kwargs: P.kwargs) -> list[T]:
        values: dict[str, Any] = dict(zip(names, args, strict=False)) | kwargs
        held = connections[DEFAULT_DB_ALIAS].__dict__.setdefault("kept", {})
        case = (ask, str(timezone.get_current_timezone()), *((name, _seen_of(value)) for name, value in values.items()))
        if case not in held:
            if len(held) >= MOST:
                held.clear()
            unknown = {name: _stand_in(value, itemgetter(name)) for name, value in values.items()}
            held[case] = _Kept(cast(Any, ask)(**unknown))
        rows: list[T] = held[case].rows(values)
        return rows

    return answer


def _seen_of(value: Any) -> Any:
    """All that a question may see of a value, and so depend on."""
    if isinstance(value, Actor):
        return value.id is None, frozenset((seat.role, seat.team_id is None) for seat in value.seats)
    if isinstance(value, tuple):
        return tuple(map(_seen_of, value))
    return value if value is None or isinstance(value, int) else bool(value)


def _stand_in(value: Any, read: Read) -> Any:
    if isinstance(value, Actor):
        return _Viewer(value, read)
    if isinstance(value, tuple):
        return tuple(_stand_in(each, _at(place, read)) for place, each in enumerate(value))
    return value if not value or isinstance(value, int) else Given(read, several=isinstance(value, list | Set))


def _at(place: int, read: Read) -> Read:
    return lambda values: read(values)[place]


class Given(BaseExpression):
    """Stands in a question for a value, or for `several` after `in`: `read` finds it when the values come."""

    def __init__(self, read: Read, *, several: bool = False) -> None:
        super().__init__()
        self.read, self.several = read, several

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def __format__(self, spec: str) -> str:
        raise TypeError("the words of a kept question cannot be put together from its values")

    def __str__(self) -> str:
        return format(self)

    def written(self, given: dict[str, Any], connection: Any) -> list[Any]:
        """What stands in its place, as the database writes it."""
        if not self.several:
            return [_written(self.read(given), connection)]
        found = [_written(each, connection) for each in self.read(given)]
        return [found] if connection.vendor == "postgresql" else found


class _Viewer:
    """Stands for the viewer, whose roles are known; who it is, and which teams, comes when asked."""

    def __init__(self, actor: Actor, read: Read) -> None:
        self.has, self.is_system = actor.has, actor.is_system
        self.id = Given(lambda values: read(values).id) if actor.id else None
        self.acts_for = Given(lambda values: read(values).acts_for, several=True) if actor.id else ()
        self._actor, self._read = actor, read

    def teams(self, *roles: str) -> Any:
        if not self._actor.teams(*roles):
            return ()
        return Given(lambda values: self._read(values).teams(*roles), several=True)


class _Kept:
    """One question on one connection: its SQL, cut at each value, and the compiler that knows how to read its rows."""

    def __init__(self, question: Any) -> None:
        self.question, self.connection = question, connections[DEFAULT_DB_ALIAS]
        self.compiler = compiler = question.query.get_compiler(connection=self.connection)
        try:
            sql, self.values = compiler.as_sql()
        except EmptyResultSet:
            sql, self.values = "", ()
        self.pieces = sql.split("%s")
        if self.connection.vendor == "postgresql":  # takes a list as one value (`sql.among`)
            for place, value in enumerate(self.values):
                if isinstance(value, Given) and value.several:
                    self.pieces[place] = self.pieces[place].removesuffix("IN (") + "= ANY("
        if sql:
            converters = compiler.get_converters([column for column, *_rest in compiler.select[: compiler.col_count]])
            compiler.get_converters = lambda _columns: converters
        question.query.get_compiler = lambda using: compiler

    def rows(self, given: dict[str, Any]) -> list[Any]:
        """The answer, as the question's own iteration makes it: instances, or rows of values."""
        if not self.pieces[0]:
            return []
        self.compiler.as_sql = lambda: self._filled(given)
        rows = list(self.question._iterable_class(self.question))
        if lookups := self.question._prefetch_related_lookups:
            prefetch_related_objects(rows, *lookups)
        return rows

    def _filled(self, given: dict[str, Any]) -> tuple[str, list[Any]]:
        """The SQL with a mark for each value, and the values as the database writes them."""
        sql, written = self.pieces[0], []
        for value, piece in zip(self.values, self.pieces[1:], strict=True):
            found = value.written(given, self.connection) if isinstance(value, Given) else [value]
            sql += ", ".join(["%s"] * len(found)) + piece
            written += found
        return sql, written


def _written(value: Any, connection: Any) -> Any:
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
