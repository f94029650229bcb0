"""Reading clients: only those in the viewer's reach exist."""

from openmission.clients.selectors.charts import (
    Member,
    care_teams,
    changes_since,
    get_client,
    get_client_details,
    get_intake_client,
    needs_break_glass,
    note_opened,
)
from openmission.clients.selectors.emergencies import (
    Emergency,
    break_glass_to_review,
    get_break_glass,
    reviewed_break_glass,
)
from openmission.clients.selectors.search import (
    SHOWN,
    Hit,
    Lookalikes,
    audited_client,
    audited_clients,
    audited_names,
    lookalikes,
    outside_reach,
    search,
)

__all__ = [
    "SHOWN",
    "Emergency",
    "Hit",
    "Lookalikes",
    "Member",
    "audited_client",
    "audited_clients",
    "audited_names",
    "break_glass_to_review",
    "care_teams",
    "changes_since",
    "get_break_glass",
    "get_client",
    "get_client_details",
    "get_intake_client",
    "lookalikes",
    "needs_break_glass",
    "note_opened",
    "outside_reach",
    "reviewed_break_glass",
    "search",
]
