"""The only place where the exchange room writes."""

from openmission.exchange.services import importing, imports, people

__all__ = ["importing", "imports", "people"]
