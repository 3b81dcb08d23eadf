"""The inbox: everything that was also sent to a phone or a mailbox."""

from typing import Any

from litestar import Request
from litestar.response import Template

from bruecke.actions import inbox
from bruecke.clock import now
from bruecke.web.http.login import signed_in
from bruecke.web.http.render import page
from bruecke.web.http.routes import show


@show("/notifications", policy="signed_in")
async def show_notifications(request: Request[Any, Any, Any]) -> Template:
    """What happened, the newest first; each line leads to where it can be answered."""
    lines = await inbox.open_inbox(signed_in(request), now())
    return page(request, "notifications/list.html", lines=lines)


ROUTES: list[Any] = [show_notifications]
