"""How the sign-in library behaves here."""

from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from openmission.kernel.encryption import decrypt, encrypt, resealed

BOUND_TO = "mfa.secret"
SECRETS = ("secret", "seed", "migrated_codes")
"""What of an `Authenticator.data` is encrypted: the app's secret, and that of recovery codes or a list of them."""

CLOSED = _("This account is closed. Ask your administrator to open it again.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address and the password do not go together. Check both, try again."),
        "too_many_login_attempts": _(
            "That was wrong five times. To keep guessers out, sign-in waits five minutes now. "
            "Try again then, or ask your administrator for a new password."
        ),
        "incorrect_code": _("That code is not right. Codes change every 30 seconds: wait for the next one."),
        "incorrect_password": _("That is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by an administrator."""
        return False

    def clean_password(self, password: str, user: Any = None) -> str:
        """A given password is not kept by typing it again. Raises `ValidationError`."""
        cleaned = super().clean_password(password, user)
        if user and user.must_change_password and user.check_password(password):
            raise ValidationError(_("That is the password you were given. Choose one that only you know."))
        return str(cleaned)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("staff:me")

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        messages.error(request, str(CLOSED))
        return HttpResponseRedirect(reverse("account_login"))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second-factor secrets are encrypted at rest."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first: the codes stand in for it."),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text.encode(), bound_to=BOUND_TO).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(bytes.fromhex(encrypted_text), bound_to=BOUND_TO).decode()

    def build_totp_svg(self, url: str) -> str:
        """The code to scan, on white whatever the page's colours: a camera needs the contrast."""
        return qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        return {**super().get_public_key_credential_rp_entity(), "name": "OpenMISSION"}


def resealed_secrets(data: dict[str, Any]) -> dict[str, Any] | None:
    """The data of an `Authenticator` with its secrets under the current key; None when they are so already. Raises
    `InvalidTag`.
    """
    fresh = {name: _resealed(data[name]) for name in SECRETS if name in data}
    return None if all(data[name] == value for name, value in fresh.items()) else data | fresh


def _resealed(secret: Any) -> Any:
    if isinstance(secret, list):
        return [_resealed(one) for one in secret]
    new = resealed(bytes.fromhex(secret), bound_to=BOUND_TO)
    return new.hex() if new else secret
