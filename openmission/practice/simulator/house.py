"""What happens in the agency besides the stories: a colleague away, looks at charts, an emergency."""

from datetime import timedelta

from openmission.audit.services import record_access
from openmission.care.models import Contact
from openmission.clients.models import CareTeamMember
from openmission.clients.services import break_glass
from openmission.practice.rules.cast import RIVER
from openmission.practice.simulator.agency import Practice
from openmission.staff.models import Cover
from openmission.staff.services import cover as covers
from openmission.staff.services import sign_in
from openmission.staff.viewers import actor_for

AWAY, COVERING, AWAY_DAYS = "toby", "casey", 2
LOOK_DAYS = 10


def cover_a_colleague(practice: Practice) -> Cover:
    """Toby is away since the day before yesterday, and Casey covers."""
    arranged = covers.arrange_cover(
        absent=practice.users[AWAY],
        covering=practice.users[COVERING],
        starts_on=practice.ago(AWAY_DAYS),
        ends_on=practice.today + timedelta(days=5),
        reason="Away with family",
        by=practice.actors[AWAY],
        at=practice.moment(practice.ago(AWAY_DAYS + 3), 9),
    )
    practice.actors[COVERING] = actor_for(practice.users[COVERING], on=practice.today)
    return arranged


def look_at_charts(practice: Practice) -> None:
    """In the last working days everybody signed in, saw their list, and opened the pages they recorded on."""
    for days in range(LOOK_DAYS, 0, -1):
        day = practice.ago(days)
        if day.weekday() > 4:
            continue
        for minute, (key, user) in enumerate(practice.users.items()):
            by, at = practice.actors[key], practice.moment(day, 8, minute)
            sign_in.note_sign_in(user_id=user.id, by=by, at=at)
            mine = CareTeamMember.objects.filter(user=user, since__lt=at, until=None).order_by("client__created_at")
            listed = dict.fromkeys(mine.values_list("client_id", flat=True), (True, False))
            record_access(listed, page="desk:my_day", by=by, at=at)
            for client_id, seen_at in Contact.objects.filter(on=day, recorded_by=user.id).values_list(
                "client_id", "at"
            ):
                record_access({client_id: (False, False)}, page="desk:client", by=by, at=seen_at)


def open_in_an_emergency(practice: Practice) -> None:
    """June opened a chart of the other team twice at night; the privacy officer has looked at one of them."""
    of_the_other_team = Contact.objects.filter(slip=True, delivery=None, enrollment__team=practice.teams[RIVER])
    client_id = of_the_other_team.values_list("client_id", flat=True)[0]
    for days in (20, 1):
        at = practice.moment(practice.ago(days), 21, 40)
        taken = break_glass.break_glass(
            client_id=client_id,
            reason="The hospital called the night line and asked whom to tell.",
            by=practice.actors["june"],
            at=at,
        )
        if days > 1:
            finding = "The call is in the night log. The care team knows."
            break_glass.review_break_glass(
                taken, finding=finding, by=practice.actors["posy"], at=at + timedelta(days=2)
            )
