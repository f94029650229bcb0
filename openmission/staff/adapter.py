"""How the sign-in library behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from openmission.kernel.encryption import decrypt, encrypt

BOUND_TO = "mfa.secret"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by an administrator."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second-factor secrets are encrypted at rest."""

    def encrypt(self, text: str) -> str:
        return encrypt(text.encode(), bound_to=BOUND_TO).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(bytes.fromhex(encrypted_text), bound_to=BOUND_TO).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        return {**super().get_public_key_credential_rp_entity(), "name": "OpenMISSION"}
