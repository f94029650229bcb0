"""The only place where the exchange room writes."""

from openmission.exchange.services import importing, imports

__all__ = ["importing", "imports"]
