"""How a group's meeting presses those who lead it: to be run, to be recorded, or without a date."""

from datetime import date, timedelta
from math import ceil

from openmission.programs.rules import DueRule, Severity


def meeting_severity(meets_on: date, on: date) -> Severity | None:
    """As an appointment (OpenMISSION default): in sight six days before, for its day, and pressing when there is no
    record two days later.
    """
    passed = (on - meets_on).days
    if passed >= 2:
        return Severity.NOW
    if passed >= 0:
        return Severity.TODAY
    return Severity.WEEK if passed >= -6 else None


def unrecorded_since(on: date) -> date:
    """From which day on a held meeting with members who have no record is told of (OpenMISSION default: for two weeks;
    then nobody remembers who came).
    """
    return on - timedelta(days=14)


def dateless_severity(since: date, rule: DueRule, on: date, *, per_week: int = 1) -> Severity | None:
    """A group that has had no date since that day: the rule's steps around the day by which it should meet again, which
    is sooner for one that meets twice a week.
    """
    passed = (on - since - timedelta(days=ceil(rule.within_days / per_week))).days
    return max([severity for day, severity in rule.steps if day <= passed], default=None)
