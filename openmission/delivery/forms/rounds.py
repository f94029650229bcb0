"""The round robin: one form for each member, one for the whole meeting."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openmission.curricula.rules import Curriculum
from openmission.delivery.answers import HERE
from openmission.delivery.forms.exam import AGENDA, ExamFields, exam_initial
from openmission.delivery.models import GroupMeeting
from openmission.delivery.naming import NamesAnother
from openmission.delivery.selectors.rounds import Expected
from openmission.delivery.services.meetings import MeetingDetails
from openmission.delivery.services.rounds import MemberSaid, RoundSaid
from openmission.kernel.actors import Actor
from openmission.kernel.fields import ChipField, ClockField, PeopleField, WordsField, moment
from openmission.kernel.forms import DayField

ATTENDANCE = [
    ("present", lazy("Here")),
    ("late", lazy("Late")),
    ("excused", lazy("Excused")),
    ("absent", lazy("Absent")),
]
LENGTHS = (45, 50, 60, 75, 90)


class MemberForm(ExamFields):
    """One member. `seen`: the revision that the page shows; `knowing`: a word that looks like a name is not one.
    `recorded`: the newest revision of a record that stands; `emptied`: all that it says was taken back.
    """

    field_order = ("seen", "attendance")
    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    attendance = ChipField(label=lazy("Here today?"), choices=ATTENDANCE, required=False)
    knowing = forms.BooleanField(label=lazy("It is not the member of this group"), required=False)
    asked = False
    asks = True
    emptied = False
    recorded = 0

    def clean(self) -> dict[str, Any]:
        """Words about somebody of whom nothing else is said: were they here?"""
        data = super().clean() or self.cleaned_data
        self.emptied = self.is_silent and 0 < (data.get("seen") or 0) <= self.recorded
        if self.is_silent and (data.get("note") or data.get("worried")):
            self.add_error("attendance", _("Say whether they are here."))
        elif self.emptied:
            self.add_error("attendance", _("Say whether they were here. If nothing of it is so, withdraw the record."))
        return data

    def hide_note(self) -> None:
        """The note is not for this reader: it is not shown, and stays. What they wrote of their own is."""
        self.initial["note"] = ""
        if not self.data.get(self.add_prefix("note")):
            del self.fields["note"]

    @property
    def is_silent(self) -> bool:
        """Neither attendance nor an answer. Whoever answers a question is here."""
        return not self.cleaned_data.get("attendance") and not self.exam("")

    def said(self, enrollment_id: UUID, agenda: str) -> MemberSaid | None:
        """Of a valid form; None while nothing is said of the member."""
        data = self.cleaned_data
        if self.is_silent:
            return None
        answers: dict[str, Any] = {"worried": data["worried"]}
        if "note" in data and self.add_prefix("note") in self.data:
            answers["note"] = data["note"].strip()
        if data["attendance"]:
            answers["attendance"] = data["attendance"]
        if self.asks and data["attendance"] in ("", *HERE):
            answers["exam"] = {**self.exam(""), **({"agenda": agenda} if agenda else {})}
        return MemberSaid(enrollment_id=enrollment_id, answers=answers, seen=data["seen"] or 0, knowing=data["knowing"])


class CloseForm(forms.Form):
    """What is said for the whole meeting, and the next one."""

    agenda = ChipField(label=lazy("What to talk about today"), choices=AGENDA[:2], required=False)
    minutes = forms.TypedChoiceField(
        label=lazy("How long it took, in minutes"),
        choices=[(length, str(length)) for length in LENGTHS],
        coerce=int,
        widget=ChipField.widget,
    )
    staff = PeopleField(label=lazy("Who led it"), required=False)
    homework = WordsField(label=lazy("To try until next time, for everybody"), required=False, rows=2)
    homework_seen = forms.CharField(required=False, widget=forms.HiddenInput)
    knowing = forms.BooleanField(label=lazy("It is not a member of this group"), required=False)
    next_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    next_day = DayField(label=lazy("Next meeting on"), required=False)
    next_time = ClockField(label=lazy("at"), required=False)
    next_session = forms.ChoiceField(label=lazy("With"), required=False)
    asked = False

    def __init__(self, *args: Any, meeting: GroupMeeting, curriculum: Curriculum, titles: Mapping[str, str], **kw: Any):
        super().__init__(*args, **kw)
        self.meeting = meeting
        usual = {*LENGTHS, meeting.minutes}
        self.fields["minutes"].choices = [(length, str(length)) for length in sorted(usual)]  # type: ignore[attr-defined]
        self.fields["next_session"].choices = list(titles.items())  # type: ignore[attr-defined]
        gone = [] if curriculum.status_exam else ["agenda"]
        if meeting.state == GroupMeeting.State.HELD:  # each record has its own since: there it is corrected
            gone += ["minutes", "staff"]
        for name in gone:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("next_day") and not data.get("next_time") and "next_time" not in self.errors:
            self.add_error("next_time", _("Choose the time."))
        return data

    def next_meeting(self) -> MeetingDetails | None:
        """Of a valid form: the next meeting, where this one is and as long; None when no day is given."""
        data = self.cleaned_data
        if not data["next_day"]:
            return None
        at = moment(data["next_day"], data["next_time"])
        meeting = self.meeting
        return MeetingDetails(
            at=at, minutes=meeting.minutes, place=meeting.place, room=meeting.room, session=data["next_session"]
        )


class Round:
    """All forms of one meeting."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        viewer: Actor,
        meeting: GroupMeeting,
        expected: list[Expected],
        curriculum: Curriculum,
        titles: Mapping[str, str],
        initial: Mapping[str, Any],
        mine: Mapping[UUID, Mapping[str, Any]] | None = None,
    ):
        self.bound = data is not None
        self.close = CloseForm(data, meeting=meeting, curriculum=curriculum, titles=titles, initial=initial)
        self.members = [
            (each, MemberForm(data, prefix=f"m-{each.enrollment.id}", initial=_initial(each, mine or {})))
            for each in expected
        ]
        for each, form in self.members:
            form.asks = curriculum.status_exam
            form.recorded = each.revision if each.delivery and not each.withdrawn else 0
            if not each.shows_note(viewer):
                form.hide_note()

    def is_valid(self) -> bool:
        return all([self.close.is_valid(), *(form.is_valid() for _each, form in self.members)])

    def said(self) -> RoundSaid:
        """Of valid forms."""
        data, meeting = self.close.cleaned_data, self.close.meeting
        following = self.close.next_meeting()
        said = [form.said(each.enrollment.id, self._agenda(each)) for each, form in self.members]
        leaders = tuple(leader.user_id for leader in meeting.group.leaders.all())
        return RoundSaid(
            members=tuple(each for each in said if each),
            homework=data["homework"],
            homework_seen=data["homework_seen"],
            homework_knowing=data["knowing"],
            minutes=data.get("minutes") or meeting.minutes,
            staff_ids=data.get("staff", leaders),
            next_meeting=following,
            next_id=data["next_id"],
        )

    def _agenda(self, each: Expected) -> str:
        """What is said for everybody; who has an answer of their own keeps it as long as that was not changed."""
        said = str(self.close.cleaned_data.get("agenda", ""))
        own = str(each.stored.get("exam", {}).get("agenda", ""))
        return own if own and "agenda" not in self.close.changed_data else said

    def tell(self, fault: NamesAnother) -> None:
        """Show at its text that it names another member, and ask whether it does."""
        form: Any = self.close
        for each, member in self.members:
            if each.enrollment.id == fault.enrollment_id:
                form = member
        form.asked = True
        form.add_error(fault.field if fault.field in form.fields else None, str(fault.message))

    @property
    def forms(self) -> list[forms.Form]:
        return [self.close, *(form for _each, form in self.members)]


def _initial(each: Expected, mine: Mapping[UUID, Mapping[str, Any]]) -> dict[str, Any]:
    """What is recorded, with the answers of `mine` that a colleague gave otherwise laid over it."""
    said = {**each.stored, **mine.get(each.enrollment.id, {})}
    exam = {**each.stored.get("exam", {}), **mine.get(each.enrollment.id, {}).get("exam", {})}
    return {
        "seen": each.revision,
        "attendance": said.get("attendance", ""),
        "note": said.get("note", ""),
        **exam_initial(exam),
    }
