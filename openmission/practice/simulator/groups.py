"""The standing groups: made, joined, met every week and recorded for each member, the next meeting planned."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from random import Random

from openmission.care.details import ContactDetails
from openmission.curricula.rules import Session
from openmission.delivery.models import Group, GroupMeeting
from openmission.delivery.services.groups import GroupDetails, join_group, make_group
from openmission.delivery.services.meetings import MeetingDetails, plan_meeting
from openmission.delivery.services.rounds import MemberSaid, RoundSaid, save_meeting
from openmission.practice.rules.circles import CIRCLES, LEAST, Circle
from openmission.practice.rules.diary import CASE_MANAGER
from openmission.practice.rules.sessions import MADE_UP, in_group
from openmission.practice.simulator.agency import Practice
from openmission.practice.simulator.enrollment import Service
from openmission.practice.simulator.sessions import curriculum_of, deliver_alone

MINUTES, AFTER, OFTEN = 60, timedelta(days=2), 0.6


def meet_in_groups(practice: Practice, services: Mapping[str, Service]) -> None:
    """Play every group that has enough members among `services` (by the name of the life)."""
    for circle in CIRCLES:
        members = [services[name] for name in circle.members if name in services]
        if len(members) >= LEAST:
            _play(practice, circle, members)


def _play(practice: Practice, circle: Circle, members: list[Service]) -> None:
    rng, days = Random(f"{practice.seed} {circle.name}"), circle.days(practice.today)
    group = _make(practice, circle, days)
    sessions = curriculum_of(circle.curriculum).sessions
    there: list[Service] = []
    for number, day in enumerate(days):
        for service in members:
            if circle.first_day(service.spans[0].starts_on, practice.today) == day:
                _join(practice, group, service, day)
                there.append(service)
        session = sessions[number % len(sessions)]
        meeting = _plan(practice, circle, group, session, day)
        if day < practice.today:
            _hold(practice, circle, meeting, session, there, rng)


def _make(practice: Practice, circle: Circle, days: list[date]) -> Group:
    details = GroupDetails(
        name=circle.name,
        open=True,
        weekdays=(days[-1].weekday(),),
        starts_at=time(circle.hour),
        minutes=MINUTES,
        place="office",
        room="The big room",
        leaders=tuple(practice.users[key].id for key in circle.leaders),
    )
    return make_group(
        team_id=practice.teams[circle.team].id,
        curriculum=circle.curriculum,
        details=details,
        by=practice.actors[circle.leaders[0]],
        at=practice.moment(days[0] - timedelta(days=10), 11),
    )


def _join(practice: Practice, group: Group, service: Service, day: date) -> None:
    """The evening before, brought by who serves the client."""
    on = min(day, practice.today) - timedelta(days=1)
    join_group(group, service.enrollment, by=service.leader(on), at=practice.moment(on, 15))


def _plan(practice: Practice, circle: Circle, group: Group, session: Session, day: date) -> GroupMeeting:
    details = MeetingDetails(
        at=practice.moment(day, circle.hour),
        minutes=MINUTES,
        place="office",
        room="The big room",
        session=session.slug,
    )
    on = min(day - timedelta(days=5), practice.ago(1))
    return plan_meeting(group, details=details, by=practice.actors[circle.leaders[0]], at=practice.moment(on, 16, 10))


def _hold(
    practice: Practice, circle: Circle, meeting: GroupMeeting, session: Session, there: list[Service], rng: Random
) -> None:
    """Record the meeting; some who missed it catch up two days later, the latest ones are still to be asked."""
    said = {service.enrollment.id: in_group(rng) for service in there}
    members = tuple(MemberSaid(enrollment_id=id, answers=answers) for id, answers in said.items())
    round_said = RoundSaid(
        members=members,
        homework=session.homework[0].en,
        minutes=MINUTES,
        staff_ids=tuple(practice.users[key].id for key in circle.leaders),
    )
    at = practice.moment(meeting.on, circle.hour + 1, 10)
    save_meeting(meeting, said=round_said, by=practice.actors[circle.leaders[0]], at=at)
    for service in there:
        missed = said[service.enrollment.id]["attendance"] in ("absent", "excused")
        if missed and circle.curriculum == "drt" and rng.random() < OFTEN and meeting.on + AFTER < practice.today:
            _make_up(service, session, meeting.on + AFTER)


def _make_up(service: Service, session: Session, day: date) -> None:
    by, at = service.actor(CASE_MANAGER, day), service.practice.moment(day, 16)
    details = ContactDetails(
        at=at, outcome="met", mode="in_person", component="drt", minutes=45, place="office", note=MADE_UP
    )
    deliver_alone(service, curriculum_of("drt"), session, details, by=by, at=at + timedelta(minutes=50))
