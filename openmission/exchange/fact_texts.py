"""Why a person is on the list, in words. The labels of codes are ours, shorter than the standard's."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PLACES: Mapping[str, Promise] = {
    "101": gettext_lazy("emergency shelter"),
    "116": gettext_lazy("a place not meant for living in"),
    "118": gettext_lazy("Safe Haven"),
    "204": gettext_lazy("psychiatric hospital"),
    "205": gettext_lazy("substance use treatment or detox"),
    "206": gettext_lazy("hospital"),
    "207": gettext_lazy("jail or prison"),
    "215": gettext_lazy("foster care"),
    "225": gettext_lazy("nursing home"),
    "302": gettext_lazy("transitional housing"),
    "312": gettext_lazy("with family for now"),
    "313": gettext_lazy("with friends for now"),
    "314": gettext_lazy("hotel or motel"),
    "327": gettext_lazy("HOPWA transitional housing"),
    "329": gettext_lazy("halfway house"),
    "332": gettext_lazy("host home"),
    "335": gettext_lazy("in a family member's home"),
    "336": gettext_lazy("in a friend's home"),
    "410": gettext_lazy("own rental"),
    "411": gettext_lazy("own home"),
    "421": gettext_lazy("own home with subsidy"),
    "422": gettext_lazy("with family for good"),
    "423": gettext_lazy("with friends for good"),
    "426": gettext_lazy("HOPWA permanent housing"),
    "435": gettext_lazy("own rental with subsidy"),
}
PROJECTS: Mapping[str, Promise] = {
    "0": gettext_lazy("emergency shelter"),
    "1": gettext_lazy("night-by-night shelter"),
    "2": gettext_lazy("transitional housing"),
    "3": gettext_lazy("permanent supportive housing"),
    "4": gettext_lazy("street outreach"),
    "6": gettext_lazy("services"),
    "8": gettext_lazy("Safe Haven"),
    "9": gettext_lazy("permanent housing"),
    "10": gettext_lazy("permanent housing with services"),
    "11": gettext_lazy("day shelter"),
    "12": gettext_lazy("homelessness prevention"),
    "13": gettext_lazy("rapid re-housing"),
    "14": gettext_lazy("coordinated entry"),
}
SUBSTANCE_USE: Mapping[str, Promise] = {
    "1": gettext_lazy("Alcohol use disorder: yes"),
    "2": gettext_lazy("Drug use disorder: yes"),
    "3": gettext_lazy("Alcohol and drug use disorder: yes"),
}
DIED = "24"


def fact_text(fact: Mapping[str, Any]) -> str:
    """One fact of `HmisPerson.why` as a sentence with its day."""
    answer = fact["answer"]
    place = PLACES.get(answer)
    words = {
        "day": date_format(date.fromisoformat(fact["on"]), "j M Y"),
        "place": place or _("not known"),
        "project": PROJECTS.get(fact.get("project_type", ""), _("a project")),
    }
    match fact["fact"]:
        case "mental_health":
            return _("Mental health disorder: yes, asked %(day)s") % words
        case "substance_use":
            return f"{SUBSTANCE_USE[answer]}, " + _("asked %(day)s") % words
        case "entry":
            return _("Entered %(project)s on %(day)s; the night before: %(place)s") % words
        case "move_in":
            return _("Moved into permanent housing on %(day)s") % words
        case "situation":
            return _("Lived on %(day)s: %(place)s") % words
    if answer == DIED:
        return _("Reported to have died, %(day)s") % words
    return _("Left a project on %(day)s; went to: %(place)s") % words
