"""script/manage create_agency: the first administrator of an empty installation."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from openmission.staff.models import Agency

pytestmark = pytest.mark.django_db


def test_an_empty_agency_is_created_with_its_administrator(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_agency", name="Pier", time_zone="America/Denver", admin_email="Ada@Pier.example")
    told = capsys.readouterr().out
    password = re.search(r"password  (\S+)", told)
    assert password
    browser = Client()
    browser.post("/sign-in/", {"login": "ada@pier.example", "password": password[1]})
    assert browser.get("/staff/accounts/").headers["Location"] == "/me/password/"
    own = "a warm stove in spring"
    browser.post("/me/password/", {"oldpassword": password[1], "password1": own, "password2": own})
    assert browser.get("/staff/accounts/").status_code == 200
    with pytest.raises(CommandError, match="already has an agency"):
        call_command("create_agency")


@pytest.mark.parametrize("wrong", [{"time_zone": "Mars/Olympus"}, {"admin_email": "ada"}], ids=["zone", "address"])
def test_a_faulty_command_creates_nothing(wrong: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command("create_agency", **wrong)
    assert not Agency.objects.exists()
