"""A screening: one form for each criterion, and the decision."""

from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from openmission.intake.models import CriterionAnswer
from openmission.intake.rules import Answer, KnownFact, suggested_answer
from openmission.intake.services.screenings import Evidence
from openmission.kernel.forms import ChipRadio, DayField
from openmission.programs.rules import Criterion, Program, localized


class CriterionForm(forms.Form):
    """One criterion: met, not met or unknown, and what that rests on.

    What is `known` of the person is shown. Not answered yet, it opens with what the facts `suggesting` an answer
    determine: it counts once it is saved.
    """

    answer = forms.ChoiceField(
        choices=[
            (Answer.MET, pgettext_lazy("criterion", "Met")),
            (Answer.NOT_MET, _("Not met")),
            (Answer.UNKNOWN, _("Unknown")),
        ],
        widget=ChipRadio,
    )
    kind = forms.ChoiceField(label=_("What it rests on"), required=False)
    text = forms.CharField(label=_("In a few words"), required=False, max_length=1000)

    def __init__(
        self,
        data: Any = None,
        *,
        criterion: Criterion,
        program: Program,
        saved: CriterionAnswer | None,
        known: tuple[KnownFact, ...] = (),
        suggesting: tuple[KnownFact, ...] = (),
    ):
        language = get_language() or "en"
        self.criterion = criterion
        self.facts = [_said(fact, language) for fact in known if fact.about == criterion.hmis]
        about = [fact for fact in suggesting if fact.about == criterion.hmis]
        suggested = suggested_answer(about)
        self.is_suggested = saved is None and suggested != Answer.UNKNOWN
        given = {"answer": saved.answer, "kind": saved.evidence_kind, "text": saved.evidence} if saved else {}
        if self.is_suggested:
            text = "; ".join(_said(fact, language) for fact in about)[:1000]
            given = {"answer": suggested, "kind": about[0].kind, "text": text}
        super().__init__(data, prefix=criterion.slug, initial={"answer": Answer.UNKNOWN, **given})
        self.title = localized(criterion.title, language)
        self.fields["answer"].label = localized(criterion.question, language)
        self.fields["answer"].help_text = localized(criterion.help, language)
        kinds = [(kind, localized(program.evidence_kinds[kind], language)) for kind in criterion.evidence_kinds]
        self.fields["kind"].choices = [("", _("Choose…")), *kinds]

    def read(self) -> dict[str, str]:
        """Title, answer, what it rests on and a few words, each as it is read."""
        given = {name: self[name].value() or "" for name in ("answer", "kind", "text")}
        said = {name: str(dict(self.fields[name].choices)[given[name]]) for name in ("answer", "kind") if given[name]}
        return {"title": self.title, **given, **said}

    def evidence(self) -> Evidence:
        given = self.cleaned_data
        return Evidence(Answer(given["answer"]), given["kind"], given["text"])


def _said(fact: KnownFact, language: str) -> str:
    return fact.text.get(language) or fact.text["en"]


class ReasonForm(forms.Form):
    """The reason of a decision, as the person may read it."""

    reason = forms.CharField(
        label=_("The reason, in words the person can read"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write the reason in words the person can read.")},
    )
    proposed = forms.CharField(required=False, widget=forms.HiddenInput)


class NotEligibleForm(ReasonForm):
    """Not eligible always has a next step; what it asks for besides depends on the step."""

    next_step = forms.ChoiceField(
        label=_("What happens next for this person"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happens next for this person.")},
    )
    next_step_note = forms.CharField(
        label=_("Where, with whom"),
        max_length=1000,
        error_messages={"required": _("Write where the person was pointed to.")},
    )
    ask_again_on = DayField(
        label=_("Ask again on"),
        error_messages={"required": _("Choose the day on which we ask again.")},
    )

    def __init__(self, data: Any = None, *, program: Program, **kwargs: Any):
        super().__init__(data, **kwargs)
        language = get_language() or "en"
        steps = program.not_eligible_next_steps
        asked = {step.slug: step.asks for step in steps}.get(data.get("next_step", "") if data else "", "")
        if data:
            self.fields["next_step_note"].required = asked == "text"
            self.fields["ask_again_on"].required = asked == "date"
        self.fields["next_step"].choices = [(step.slug, localized(step.title, language)) for step in steps]

    def decision(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "proposed"}
