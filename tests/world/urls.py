"""What stands in the addresses of pages: keyword -> an object of the world.

The URL matrix (tests/house/test_matrix.py) fills every address from here and fails for a keyword that is missing, so a
new page cannot be forgotten.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.world.care import PUT_OFF
from tests.world.cast import World


@dataclass(frozen=True)
class Target:
    """`value` stands in the address. `of_client`: it belongs to a client, so people out of reach get "not found"."""

    value: Callable[[World], Any]
    of_client: bool = False


KEYWORDS: dict[str, Target] = {
    "pk": Target(lambda world: 1),  # a passkey of one's own
    "client_id": Target(lambda world: world.ids["client"], of_client=True),
    "referral_id": Target(lambda world: world.ids["referral"], of_client=True),
    "enrollment_id": Target(lambda world: world.ids["enrollment"], of_client=True),
    "document_id": Target(lambda world: world.ids["document"], of_client=True),
    "document": Target(lambda world: "pair_sharing"),
    "contact_id": Target(lambda world: world.ids["contact"], of_client=True),
    "appointment_id": Target(lambda world: world.ids["appointment"], of_client=True),
    "concern_id": Target(lambda world: world.ids["concern"], of_client=True),
    "group_id": Target(lambda world: world.ids["group"]),
    "meeting_id": Target(lambda world: world.ids["meeting"]),
    "member_id": Target(lambda world: world.ids["member"], of_client=True),
    "delivery_id": Target(lambda world: world.ids["delivery"], of_client=True),
    "declined_id": Target(lambda world: world.ids["delivery"]),  # nobody in the world declined anything: it is told so
    "item_key": Target(lambda world: PUT_OFF),
    "break_glass_id": Target(lambda world: world.ids["break_glass"]),
    "sheet": Target(lambda world: "life_problem_areas"),
    "cover_id": Target(lambda world: world.ids["cover"]),
    "user_id": Target(lambda world: world.outsiders["case_manager"].id),
    "role_id": Target(lambda world: world.outsiders["case_manager"].roles.get().id),
    "import_id": Target(lambda world: world.ids["import"]),
    "curriculum": Target(lambda world: "peer"),  # whose titles may be changed
    "session": Target(lambda world: "willingness"),
    "program_version_id": Target(lambda world: world.ids["mission"]),
}

# Pages about a client that people out of reach may open all the same, each with the reason.
OPEN_TO_OUTSIDERS = {
    "clients:break_glass": "it is how a chart out of reach is opened, with a reason that is reviewed",
}

# Pages whose object nobody in the world has, so that they may say "not found" to people who may open them.
ABSENT = {
    "delivery:declined": "the curriculum of the matrix has no booster after a slip",
    "mfa_view_recovery_codes": "nobody in the world has a second factor",
    "mfa_download_recovery_codes": "nobody in the world has a second factor",
    "mfa_deactivate_totp": "nobody in the world has a second factor",
    "mfa_edit_webauthn": "nobody in the world has a passkey",
    "mfa_remove_webauthn": "nobody in the world has a passkey",
}
