"""One session with one client."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openmission.care.details import ContactDetails
from openmission.care.models import Contact
from openmission.care.models.contact import Mode, Outcome, Place
from openmission.care.services.appointments import NewAppointment
from openmission.curricula.rules import Curriculum
from openmission.delivery.answers import LONGEST_HOMEWORK
from openmission.delivery.forms.exam import AGENDA, LABELS, ExamFields
from openmission.delivery.naming import NamesAnother
from openmission.delivery.rules.homework import of_session
from openmission.kernel.actors import Actor
from openmission.kernel.fields import ChipField, ClockField, IdsField, PeopleField, WordsField, is_id, moment
from openmission.kernel.forms import DayField

LENGTHS = (30, 45, 50, 60, 90)
EXAM = ("agenda", "use", "substances", "motivation", "mood", "anxiety", "medication", "topic", "supports", "passes")


ANOTHER = "another"


class SameField(ChipField):
    """The id of a contact that is recorded, or "another" one."""

    def valid_value(self, value: Any) -> bool:
        return value == ANOTHER or is_id(value)

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return UUID(chosen) if chosen not in ("", ANOTHER) else chosen


class SessionForm(ExamFields):
    """When, how and where; the seven questions where the curriculum has them; what the client takes home; next time."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    session = forms.ChoiceField(label=lazy("Session"))
    agenda = ChipField(label=LABELS["agenda"], choices=AGENDA, required=False)
    day = DayField(label=lazy("Day"))
    time = ClockField(label=lazy("Time"))
    mode = ChipField(label=lazy("How"), choices=Mode.choices, initial=Mode.IN_PERSON)
    place = ChipField(label=lazy("Where"), choices=Place.choices, required=False, initial=Place.OFFICE)
    minutes = forms.TypedChoiceField(
        label=lazy("How long, in minutes"),
        choices=[(length, str(length)) for length in LENGTHS],
        coerce=int,
        initial=50,
        widget=ChipField.widget,
    )
    staff = PeopleField(label=lazy("Who took part"), required=False)
    homework = WordsField(label=lazy("To try until next time"), required=False, rows=2, max_length=LONGEST_HOMEWORK)
    knowing = forms.BooleanField(label=lazy("It is not a member of their group"), required=False)
    asked = False
    same = SameField(label=lazy("The same one, or another"), required=False)
    told = IdsField(required=False)
    recorded: Sequence[Contact] = ()
    viewer: Actor | None = None
    next_day = DayField(label=lazy("Next time on"), required=False)
    next_time = ClockField(label=lazy("at"), required=False)

    def __init__(self, *args: Any, curriculum: Curriculum, titles: Mapping[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.curriculum = curriculum
        self.fields["session"].choices = list(titles.items())  # type: ignore[attr-defined]
        if not curriculum.status_exam:
            for name in EXAM:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("mode") == Mode.IN_PERSON and not data.get("place") and "place" not in self.errors:
            self.add_error("place", _("Say where you met."))
        if data.get("next_day") and not data.get("next_time") and "next_time" not in self.errors:
            self.add_error("next_time", _("Choose the time."))
        return data

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Where the words name somebody of their group, the form goes back with a question about it."""
        try:
            yield
        except NamesAnother:
            self.asked = True
            raise

    def ask_which(self, viewer: Actor, found: Sequence[Contact], choices: Iterable[tuple[str, str]]) -> None:
        """Whether it is one of these contacts, at the same time; whoever says "another" was told of all of them."""
        self.viewer, self.recorded = viewer, found
        self.fields["same"].choices = [*choices, (ANOTHER, _("Another one: record it too"))]
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["told"], data["same"] = " ".join(str(contact.id) for contact in found), ""
        self.data = data
        self.add_error("same", _("A meeting with the client at that time is recorded. Say whether it is the same one."))

    def answers(self) -> dict[str, Any]:
        """Of a valid form."""
        data, sessions = self.cleaned_data, self.curriculum.sessions
        session = self.curriculum.session(data["session"])
        said = {
            "attendance": "present",
            "note": data["note"].strip(),
            "homework": of_session(session, sessions, data["homework"].strip()),
            "worried": data["worried"],
        }
        if self.curriculum.status_exam:
            said["exam"] = self.exam(data["agenda"])
        return said

    @property
    def at(self) -> datetime:
        """Of a valid form: when it took place."""
        return moment(self.cleaned_data["day"], self.cleaned_data["time"])

    def details(self) -> ContactDetails:
        """Of a valid form."""
        data = self.cleaned_data
        return ContactDetails(
            at=self.at,
            outcome=Outcome.MET,
            mode=data["mode"],
            component=self.curriculum.component,
            minutes=data["minutes"],
            place=data["place"] if data["mode"] == Mode.IN_PERSON else "",
            staff_ids=data["staff"],
        )

    def next_appointment(self) -> NewAppointment | None:
        """Of a valid form: the next time, in the same way; None when no day is given."""
        data = self.cleaned_data
        if not data["next_day"]:
            return None
        place = data["place"] if data["mode"] == Mode.IN_PERSON else ""
        at = moment(data["next_day"], data["next_time"])
        return NewAppointment(at, data["mode"], place, self.curriculum.component, data["minutes"], data["staff"])


class CorrectForm(SessionForm):
    """A session alone that is recorded. `seen`: the revision that the page shows."""

    id = next_day = next_time = same = told = None  # type: ignore[assignment]  # Django drops the fields
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, minutes: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        lengths = sorted({*LENGTHS, minutes} - {0})
        self.fields["minutes"].choices = [(length, str(length)) for length in lengths]  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        return {**super().answers(), "session": self.cleaned_data["session"]}
