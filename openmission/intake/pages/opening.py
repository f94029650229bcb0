"""The opening of an enrollment as a list of steps: what is done, what is next."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from openmission.intake.models import Enrollment
from openmission.intake.selectors.enrollments import FirstDays
from openmission.programs.rules import DocumentSpec, PhaseSpan, day_count, localized, phase_on
from openmission.staff.roles import ROLES


@dataclass(frozen=True)
class Step:
    """One line of the list, as `ui/steps.html` shows it."""

    label: str
    url: str
    done: bool
    hint: str = ""


@dataclass(frozen=True)
class Opening:
    """Every step in order; `next` is the first that is to do. `releases` may be signed besides."""

    steps: tuple[Step, ...]
    releases: tuple[DocumentSpec, ...]
    phases: list[tuple[str, int]]
    phase: str
    day: int
    days: str

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if not step.done), None)


def opening(enrollment: Enrollment, first: FirstDays, on: date) -> Opening:
    """The steps of an enrollment and where it is on the given day."""
    language = get_language() or "en"
    spans = tuple(PhaseSpan(p.slug, p.starts_on, p.ends_on) for p in first.phases)
    names = {phase.slug: localized(phase.title, language) for phase in first.program.phases}
    count = day_count(on, spans)
    documents = [_document(enrollment, first, spec) for spec in first.program.required_documents]
    return Opening(
        steps=(
            _format(enrollment),
            *documents,
            _orientation(enrollment, first),
            _assessments(enrollment, first),
            _pair(enrollment, first),
        ),
        releases=tuple(spec for spec in first.program.documents if not spec.required),
        phases=[(names.get(span.phase, span.phase), (span.ends_on - span.starts_on).days) for span in spans],
        phase=names.get(phase_on(on, spans).phase, ""),
        day=count.day,
        days=_("Day %(day)d of %(total)d") % {"day": count.day, "total": count.total},
    )


def _format(enrollment: Enrollment) -> Step:
    months = ngettext("%(n)d month", "%(n)d months", enrollment.months) % {"n": enrollment.months}
    span = _("%(months)s from %(day)s") % {"months": months, "day": date_format(enrollment.starts_on, "j M Y")}
    return Step(_("Format and first day"), "", True, span)


def _document(enrollment: Enrollment, first: FirstDays, spec: DocumentSpec) -> Step:
    label = _("Sign: %(document)s") % {"document": localized(spec.title, get_language() or "en")}
    signed = first.signed.get(spec.slug)
    if signed:
        hint = _("Signed on %(day)s") % {"day": date_format(signed.signed_at, "j M Y")}
        return Step(label, reverse("intake:document", args=[signed.id]), True, hint)
    return Step(label, reverse("intake:sign", args=[enrollment.id, spec.slug]), False)


def _orientation(enrollment: Enrollment, first: FirstDays) -> Step:
    total = len(first.program.orientation.topics)
    hint = _("%(done)d of %(total)d topics covered") % {"done": len(first.orientation), "total": total}
    url = reverse("intake:orientation", args=[enrollment.id])
    return Step(_("Orientation"), url, len(first.orientation) >= total, hint)


def _assessments(enrollment: Enrollment, first: FirstDays) -> Step:
    total = len(first.program.assessments)
    hint = _("%(done)d of %(total)d done") % {"done": len(first.assessments), "total": total}
    return Step(
        _("Assessments"), reverse("intake:assessments", args=[enrollment.id]), len(first.assessments) >= total, hint
    )


def _pair(enrollment: Enrollment, first: FirstDays) -> Step:
    wanted = [member.role for member in first.program.pair]
    missing = [str(ROLES[role].title).lower() for role in wanted if role not in first.pair]
    hint = (
        _("Still to choose: %(roles)s") % {"roles": ", ".join(missing)} if missing else ", ".join(first.pair.values())
    )
    return Step(_("Who serves them"), reverse("intake:pair", args=[enrollment.id]), not missing, hint)
