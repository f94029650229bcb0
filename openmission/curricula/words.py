"""What the codes of curricula are called on pages and on paper."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

STEPS: dict[str, str | Promise] = {
    "welcome": lazy("Welcome"),
    "greeting": lazy("Greeting"),
    "opening": lazy("Opening"),
    "introductions": lazy("Introductions"),
    "check_in": lazy("Check-in"),
    "topic": lazy("Topic"),
    "engagement": lazy("Talking about it"),
    "modeling": lazy("Showing how"),
    "reorientation": lazy("What to take along"),
    "round_robin": lazy("Round"),
    "brainstorm": lazy("Collecting ideas"),
    "role_play": lazy("Trying it out"),
    "closing": lazy("Closing"),
}
PROMPTS: dict[str, str | Promise] = {
    "explain": lazy("Explain"),
    "show": pgettext_lazy("who leads a session does", "Show"),
    "ask": lazy("Ask"),
    "discuss": lazy("Discuss"),
    "practice": lazy("Practice"),
    "share": lazy("Share"),
    "remember": lazy("Remember"),
}
PROMPT_ICONS = {
    "explain": "lightbulb",
    "show": "easel",
    "ask": "question-circle",
    "discuss": "chat-dots",
    "practice": "arrow-repeat",
    "share": "person-raised-hand",
    "remember": "pin-angle",
}
