"""Accounts, for the administrator."""

from typing import Any
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openmission.kernel.faults import faults_on
from openmission.staff import selectors, services
from openmission.staff.doors import door
from openmission.staff.forms import AccountForm, NewAccountForm, PasswordForm, RoleForm
from openmission.staff.models import User
from openmission.staff.roles import ADMINISTRATOR


@door(ADMINISTRATOR)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account."""
    found = selectors.accounts(request.viewer)
    context = {
        "open": [one for one in found if one.user.is_active],
        "closed": [one for one in found if not one.user.is_active],
    }
    return render(request, "staff/account_list.html", context)


@door(ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a colleague; the first password is shown once, on the answer itself."""
    form = NewAccountForm(request.POST or None, viewer=request.viewer)
    if form.is_valid():
        password = form.chosen()
        with faults_on(form):
            user = services.accounts.open_account(
                agency=selectors.agency(request.viewer),
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                password=password,
                **form.seat(),
                by=request.viewer,
                at=timezone.now(),
            )
            return show_password(request, user, password)
    return render(request, "staff/account_add.html", {"form": form}, status=422 if form.is_bound else 200)


@door(ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One account, with all that can be done with it; a POST changes name and e-mail address."""
    user = selectors.account(request.viewer, user_id).user
    form = AccountForm(request.POST or None, initial={"name": user.name, "email": user.email})
    if form.is_valid():
        with faults_on(form):
            services.accounts.change_staff(user, **form.cleaned_data, by=request.viewer, at=timezone.now())
            messages.success(request, _("Saved."))
            return redirect("staff:account", user_id)
    return account_page(request, user_id, form=form)


def account_page(request: HttpRequest, user_id: UUID, **given: Any) -> HttpResponse:
    """The page of one account; a form that was sent with faults comes in `given` and keeps what was typed."""
    shown = selectors.account(request.viewer, user_id)
    context = {
        "account": shown,
        "second_factor": is_mfa_enabled(shown.user),
        "form": AccountForm(initial={"name": shown.user.name, "email": shown.user.email}),
        "role_form": RoleForm(viewer=request.viewer),
        "password_form": PasswordForm(),
        **given,
    }
    status = 422 if any(form.is_bound for form in given.values()) else 200
    return render(request, "staff/account.html", context, status=status)


def show_password(request: HttpRequest, user: User, password: str) -> HttpResponse:
    """The one time that a first password is shown."""
    user.refresh_from_db(fields=["must_change_password"])
    return render(request, "staff/password_once.html", {"account_user": user, "password": password})
