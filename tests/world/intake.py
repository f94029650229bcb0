"""Who is at the north team's door: Dana was just referred, Luis is enrolled and has his pair."""

from datetime import date, datetime

from openmission.clients.services.clients import ClientDetails
from openmission.intake.models import Enrollment, Referral
from openmission.intake.rules import Answer
from openmission.intake.services import documents, enrollments, referrals, screenings
from openmission.intake.services.documents import Signature
from openmission.intake.services.referrals import ReferralDetails
from openmission.intake.services.screenings import Evidence
from openmission.kernel.actors import SYSTEM, Actor
from openmission.programs.models import ProgramVersion
from openmission.programs.services import publish_program
from tests.programs.shipped import content_of
from tests.world.cast import NOW, SINCE, World

DANA = ClientDetails(
    first_name="Dana",
    last_name="Rivera",
    birth_date=date(1986, 4, 2),
    phones=(("555 010 4477", ""),),
    may_text=True,
    reach_note="Afternoons; the desk of the shelter takes messages.",
)
LUIS = ClientDetails(first_name="Luis", last_name="Marín", birth_date=date(1979, 9, 30), language="es")
CRITERIA = ("housing", "mental_health", "substance_use", "willing", "community")


def build_intake(world: World) -> None:
    """Programs, an open referral, an enrollment with a signed agreement: `ids` "mission", "referral", "enrollment"."""
    for slug in ("mission", "linkage-only"):
        world.ids[slug] = publish_program(content_of(slug), by=SYSTEM, at=SINCE).id
    dana = refer(world, DANA, at=NOW)
    luis = enroll(world, LUIS, at=SINCE)
    signed = documents.sign_document(
        luis,
        slug="treatment_contract",
        language="es",
        fields={},
        signature=Signature("Luis Marín"),
        by=world.actor("case_manager"),
        at=SINCE,
    )
    world.ids |= {"referral": dana.id, "enrollment": luis.id, "client": luis.client_id, "document": signed.id}


def refer(
    world: World, person: ClientDetails, *, at: datetime, source: str = "shelter", outsider: bool = False
) -> Referral:
    """A referral to the north team, or to the south team."""
    details = ReferralDetails(
        source, "Ruth at the harbor shelter", "555 010 2200", "Asked for help with a place to live."
    )
    team = world.south if outsider else world.north
    by = world.actor("intake_worker", outsider=outsider)
    return referrals.receive_referral(person=person, team=team, details=details, by=by, at=at)


def _at_the_door(world: World, referral: Referral) -> Actor:
    """The intake worker of the referral's team."""
    return world.actor("intake_worker", outsider=referral.team_id == world.south.id)


def answer(world: World, referral: Referral, *, at: datetime, **answers: Answer) -> None:
    """Screen the referral for MISSION: every criterion met but those named."""
    given = {slug: Evidence(answers.get(slug, Answer.MET), "self_report") for slug in CRITERIA}
    mission = ProgramVersion.objects.get(slug="mission")
    by = _at_the_door(world, referral)
    screenings.save_answers(referral, program_version=mission, answers=given, by=by, at=at)


def find_eligible(world: World, referral: Referral, *, at: datetime) -> Referral:
    """Screened and found eligible for MISSION."""
    answer(world, referral, at=at)
    referral = Referral.objects.get(id=referral.id)
    reason = "Everything the program asks for is there."
    screenings.decide_eligible(referral.screening, reason=reason, by=_at_the_door(world, referral), at=at)
    return Referral.objects.get(id=referral.id)


def enroll(world: World, person: ClientDetails, *, at: datetime, months: int = 6, outsider: bool = False) -> Enrollment:
    """Enrolled in MISSION from the day of `at`, with the pair of the north team, or of the south team."""
    referral = find_eligible(world, refer(world, person, at=at, outsider=outsider), at=at)
    by = _at_the_door(world, referral)
    enrollment = enrollments.enroll_client(referral, months=months, starts_on=at.date(), by=by, at=at)
    workers = world.outsiders if outsider else world.staff
    pair = {role: workers[role] for role in ("case_manager", "peer_specialist")}
    enrollments.assign_pair(enrollment, pair=pair, by=by, at=at)
    return enrollment
