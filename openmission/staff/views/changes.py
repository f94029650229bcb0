"""What an administrator does with an account: roles, password, second factor, closing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openmission.kernel.faults import faults_on, faults_told
from openmission.staff import selectors, services
from openmission.staff.doors import door
from openmission.staff.forms import PasswordForm, RoleForm
from openmission.staff.roles import ADMINISTRATOR
from openmission.staff.views.accounts import account_page, show_password


@door(ADMINISTRATOR)
@require_POST
def give_role(request: HttpRequest, user_id: UUID) -> HttpResponse:
    form = RoleForm(request.POST, viewer=request.viewer)
    user = selectors.account(request.viewer, user_id).user
    if form.is_valid():
        with faults_on(form):
            services.accounts.give_role(user, **form.seat(), by=request.viewer, at=timezone.now())
            messages.success(request, _("The role is given."))
            return redirect("staff:account", user_id)
    return account_page(request, user_id, role_form=form)


@door(ADMINISTRATOR)
@require_POST
def end_role(request: HttpRequest, role_id: UUID) -> HttpResponse:
    held = selectors.held_role(request.viewer, role_id)
    with faults_told(request):
        services.accounts.end_role(held, by=request.viewer, at=timezone.now())
        messages.success(request, _("The role has ended."))
    return redirect("staff:account", held.user_id)


@door(ADMINISTRATOR)
@require_POST
def set_password(request: HttpRequest, user_id: UUID) -> HttpResponse:
    form = PasswordForm(request.POST)
    user = selectors.account(request.viewer, user_id).user
    if form.is_valid():
        password = form.chosen()
        with faults_on(form):
            services.accounts.set_password(user, password=password, by=request.viewer, at=timezone.now())
            return show_password(request, user, password)
    return account_page(request, user_id, password_form=form)


@door(ADMINISTRATOR)
@require_POST
def clear_second_factors(request: HttpRequest, user_id: UUID) -> HttpResponse:
    user = selectors.account(request.viewer, user_id).user
    services.sign_in.clear_second_factors(user, by=request.viewer, at=timezone.now())
    messages.success(request, _("The second factor is cleared: the password alone signs in now."))
    return redirect("staff:account", user_id)


@door(ADMINISTRATOR)
@require_POST
def close(request: HttpRequest, user_id: UUID) -> HttpResponse:
    user = selectors.account(request.viewer, user_id).user
    with faults_told(request):
        services.accounts.close_account(user, by=request.viewer, at=timezone.now())
        messages.success(request, _("The account is closed. Its history stays."))
    return redirect("staff:account", user_id)


@door(ADMINISTRATOR)
@require_POST
def reopen(request: HttpRequest, user_id: UUID) -> HttpResponse:
    user = selectors.account(request.viewer, user_id).user
    services.accounts.reopen_account(user, by=request.viewer, at=timezone.now())
    messages.success(request, _("The account is open again, with its roles."))
    return redirect("staff:account", user_id)
