"""What is known of a found person, as the screening at the program's door asks for it."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openmission.exchange.fact_texts import fact_text
from openmission.exchange.hmis_fy2026.housing import AT_RISK, HOMELESS, RECENTLY_EXITED
from openmission.exchange.hmis_fy2026.people import MENTAL_HEALTH, PRESENT, SUBSTANCE_USE
from openmission.exchange.models import HmisPerson
from openmission.intake.rules import Answer, KnownFact

DISORDERS = {"mental_health": PRESENT[MENTAL_HEALTH], "substance_use": PRESENT[SUBSTANCE_USE]}
FITTING_HOUSING = (HOMELESS, AT_RISK, RECENTLY_EXITED)
EVIDENCE = "hmis_record"


def known_facts(person: HmisPerson, exports: Mapping[str, date | None]) -> tuple[KnownFact, ...]:
    """The facts of a person, each about one criterion and said in every language with the day of its export.

    `exports`: {id of an import: the day up to which it speaks}. A disorder that was answered with yes is met, and so is
    housing that the program is for; housed or not known determines nothing: it may have changed since.
    """
    return tuple(_known(fact, person.housing, exports.get(fact["import"])) for fact in json.loads(person.why))


def _known(fact: Mapping[str, Any], housing: str, export_on: date | None) -> KnownFact:
    about = fact["fact"] if fact["fact"] in DISORDERS else "homelessness"
    met = fact["answer"] in DISORDERS[about] if about in DISORDERS else housing in FITTING_HOUSING
    text = {language: _said(fact, export_on, language) for language, _name in settings.LANGUAGES}
    return KnownFact(about, Answer.MET if met else Answer.UNKNOWN, EVIDENCE, text, export_on)


def _said(fact: Mapping[str, Any], export_on: date | None, language: str) -> str:
    with translation.override(language):
        if export_on is None:
            return fact_text(fact)
        words = {"fact": fact_text(fact), "day": date_format(export_on, "j M Y")}
        return _("%(fact)s (from the HMIS export of %(day)s)") % words
