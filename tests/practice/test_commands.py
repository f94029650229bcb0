"""The commands that fill the practice agency and tell its sign-ins."""

from datetime import date
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from openmission.audit.models import RecordedEvent
from openmission.practice import simulator
from openmission.practice.rules.cast import PASSWORD
from openmission.staff.models import User
from openmission.staff.roles import ROLES
from tests.world.cast import build_staff


def _said(command: str, **options: object) -> str:
    out = StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def staff_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The practice agency without anybody served: quick, and enough for who signs in."""
    monkeypatch.setattr("openmission.practice.simulator.look_at_charts", lambda practice: None)
    monkeypatch.setattr("openmission.practice.simulator.open_in_an_emergency", lambda practice: None)
    call_command("load_content", verbosity=0)
    call_command("load_curricula", verbosity=0)
    simulator.fill(today=date(2026, 11, 23), seed=1, lives=[])


@pytest.mark.django_db
def test_a_real_agency_is_left_alone_and_has_no_sign_ins_to_show() -> None:
    build_staff()
    before = RecordedEvent.objects.count()
    assert "nothing was changed" in _said("fill_practice")
    assert RecordedEvent.objects.count() == before
    assert _said("show_sign_ins") == ""


@pytest.mark.django_db
def test_a_second_filling_changes_nothing(staff_only: None) -> None:
    before = RecordedEvent.objects.count()
    assert "nothing was changed" in _said("fill_practice", seed=2)
    assert RecordedEvent.objects.count() == before


@pytest.mark.django_db
def test_each_role_is_told_and_its_sign_in_works(staff_only: None) -> None:
    lines = _said("show_sign_ins").splitlines()
    for role in ROLES.values():
        line = next(line for line in lines if f"practice {str(role.title).lower()}:" in line)
        email, password = line.split(": ", 1)[1].split(" / ")
        assert password == PASSWORD
        user = authenticate(None, email=email, password=password)
        assert isinstance(user, User)
        assert role.code in user.roles.values_list("role", flat=True)
