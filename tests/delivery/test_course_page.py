"""A client's sessions on their page: the newest twenty, and the older ones one page after the other."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.translation import override

from openmission.delivery.forms.rounds import MemberForm
from openmission.delivery.templatetags.delivery import CHOICES, _asked, ask
from tests.care.people import luis, rosa
from tests.delivery.test_deliveries import deliver
from tests.world.cast import NOW, World

ANSWERS = ["", "mood=1", "mood=pass", "attendance=late&use=used&substances=alcohol&substances=other&supports=pass"]


@pytest.mark.django_db
def test_every_session_can_be_read_again(world: World) -> None:
    member, ana = rosa(world), Client()
    ana.force_login(world.staff["case_manager"])
    given = [deliver(world, member, {"homework": f"Task {n}."}, on=NOW - timedelta(days=n)) for n in range(21)]
    page = ana.get(f"/sessions/{member.id}/").content.decode()
    assert [f"/contacts/{each.delivery.contact_id}/" in page for each in given] == [True] * 20 + [False]
    assert 'hx-get="?start=20"' in page
    older = ana.get(f"/sessions/{member.id}/?start=20", headers={"HX-Request": "true"}).content.decode()
    assert "Task 20." in older and "Task 19." not in older
    assert "<html" not in older and "hx-get" not in older
    for odd in ("0", "x", "-1", "99999999999"):
        assert "Task 0." in ana.get(f"/sessions/{member.id}/?start={odd}").content.decode()
    assert "No session" in ana.get(f"/sessions/{luis(world).id}/?start=900").content.decode()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("answers", ANSWERS)
def test_a_question_of_one_member_reads_as_it_would_alone(language: str, answers: str) -> None:
    """What was put together for one member is shown for another: with their own answer, under their own name."""
    with override(language):
        for prefix in ("m-1", "m-2"):
            data = QueryDict("&".join(f"{prefix}-{each}" for each in answers.split("&") if each))
            form = MemberForm(data, prefix=prefix)
            for name in {"attendance", *CHOICES, "mood"} - {"agenda"}:
                assert ask(form[name]) == _asked(form[name])
