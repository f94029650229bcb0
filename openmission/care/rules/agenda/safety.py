"""Worrying answers: the safety steps are taken today, by the pair and the supervisor together.

No source sets this rule: it is our default, on the safe side. The numbers to call are those of 988lifeline.org; the
steps themselves are content (`content/checklists/safety`). A worry brings people closer and takes nothing away.
"""

from openmission.care.rules.agenda.facts import Concern, EnrollmentFacts
from openmission.care.rules.agenda.items import Action, DueItem, Fact, Message
from openmission.care.rules.agenda.people import SUPERVISOR, pair_or_supervisor
from openmission.programs.rules import Program, Severity, Source, Text

RULE = "safety"
WORRIED = "worried"
FIRST = 9  # above every level of outreach: the first line of the day
TEXT = Text(
    en=(
        "When an answer worries, or somebody does, the pair and the supervisor see it at once and take the safety "
        "steps. The line stays until somebody closes them, and cannot be put off. At any hour: call or text 988."
    ),
    es=(
        "Cuando una respuesta preocupa, o alguien siente preocupación, el equipo de dos y su supervisor lo ven "
        "enseguida y siguen los pasos de seguridad. La línea queda hasta que alguien los cierre y no se puede dejar "
        "para después. A cualquier hora: llame al 988 y oprima el 2, o mande AYUDA al 988."
    ),
)
SOURCE = Source(
    Text("OpenMISSION default; 988 Suicide & Crisis Lifeline", "Decisión de OpenMISSION; 988 Línea de Prevención"),
    Text("follow the agency's protocol where it says otherwise", "siga el protocolo de la agencia si indica otra cosa"),
)


def safety_items(facts: EnrollmentFacts, program: Program) -> list[DueItem]:
    """A line for each open concern, now, for all of the pair and the supervisor. Only closing the concern clears it."""
    return [_item(concern, facts, program) for concern in facts.concerns]


def _item(concern: Concern, facts: EnrollmentFacts, program: Program) -> DueItem:
    params = {"on": concern.on}
    answered = set(concern.because) - {WORRIED}
    return DueItem(
        key=f"{RULE}:{concern.id}",
        rule=RULE,
        enrollment_id=facts.enrollment_id,
        severity=Severity.NOW,
        due_on=concern.on,
        action=Action.TAKE_SAFETY_STEPS,
        what=Message("safety.answers" if answered else "safety.worry", params),
        why=tuple(
            Fact(Message(f"because.{code}", params), "contact" if concern.contact_id else "", concern.contact_id)
            for code in concern.because
        ),
        rule_text=TEXT,
        source=SOURCE,
        for_roles=tuple(dict.fromkeys((*pair_or_supervisor(facts, program), SUPERVISOR))),
        level=FIRST,
    )
