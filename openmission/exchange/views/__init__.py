"""Pages of the exchange room."""

from openmission.exchange.views import imports, people

__all__ = ["imports", "people"]
