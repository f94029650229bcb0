"""The button that takes back what was put off or handed on: in the message after it, on its line, on its page."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from openmission.kernel.addresses import address
from openmission.kernel.markup import fill
from openmission.kernel.templatetags.ui import icon

_FORM = """<form method="post" autocomplete="off" action="{}">
<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="next" value="{}">
<input type="hidden" name="said" value="{}">
<button class="btn{}">{}{}<span class="visually-hidden">: {}</span></button></form>"""


def take_back(
    request: HttpRequest,
    enrollment_id: UUID,
    item_key: str,
    *,
    said: datetime | None,
    name: str,
    back: str,
    look: str = "",
) -> SafeString:
    """A form of its own. `said`: when the word was given that it takes back, and no later one; `name`: whom the line is
    about, said to who does not see it; `back`: the page afterwards.
    """
    url, when = address("care:undo", enrollment_id, item_key), said.isoformat() if said else ""
    return fill(_FORM, url, get_token(request), back, when, look, icon("arrow-clockwise"), _("Take it back"), name)
