"""The practice agency, as script/server serves it on its first run."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from openmission.staff.roles import ROLES


@pytest.mark.parametrize("role", ROLES)
def test_each_role_can_sign_in(practice_page: Callable[..., Page], role: str) -> None:
    page = practice_page(role)
    page.goto("/staff/me/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
