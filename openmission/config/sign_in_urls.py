"""The sign-in library's pages, each behind a door: only those named here exist."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from openmission.staff.doors import for_everyone, public


def _page(route: str, view: Any, name: str, door: Any = for_everyone) -> Any:
    def behind_door(request: Any, *args: Any, **kwargs: Any) -> Any:
        return view(request, *args, **kwargs)

    behind_door.__module__, behind_door.__name__ = view.__module__, getattr(view, "__name__", name)
    return path(route, door(behind_door), name=name)


urlpatterns = [
    _page("sign-in/", account.login, "account_login", public),
    _page("sign-in/second-factor/", mfa.authenticate, "mfa_authenticate", public),
    _page("sign-in/passkey/", webauthn.login_webauthn, "mfa_login_webauthn", public),
    _page("sign-out/", account.logout, "account_logout"),
    _page("me/confirm/", account.reauthenticate, "account_reauthenticate"),
    _page("me/confirm/second-factor/", mfa.reauthenticate, "mfa_reauthenticate"),
    _page("me/confirm/passkey/", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _page("me/password/", account.password_change, "account_change_password"),
    _page("me/second-factor/", mfa.index, "mfa_index"),
    _page("me/second-factor/app/", totp.activate_totp, "mfa_activate_totp"),
    _page("me/second-factor/app/remove/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _page("me/second-factor/codes/", recovery_codes.view_recovery_codes, "mfa_view_recovery_codes"),
    _page("me/second-factor/codes/new/", recovery_codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    _page("me/second-factor/codes/file/", recovery_codes.download_recovery_codes, "mfa_download_recovery_codes"),
    _page("me/second-factor/passkeys/", webauthn.list_webauthn, "mfa_list_webauthn"),
    _page("me/second-factor/passkeys/add/", webauthn.add_webauthn, "mfa_add_webauthn"),
    _page("me/second-factor/passkeys/<int:pk>/edit/", webauthn.edit_webauthn, "mfa_edit_webauthn"),
    _page("me/second-factor/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, "mfa_remove_webauthn"),
]
