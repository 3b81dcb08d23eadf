"""Privacy, imprint, accessibility: pages every reader may ask for."""

from typing import Any

from litestar import Request
from litestar.response import Template

from bruecke.store import regions
from bruecke.web.http.render import page
from bruecke.web.http.routes import show


@show("/privacy", policy="public", sync_to_thread=False)
def show_privacy(request: Request[Any, Any, Any]) -> Template:
    """What is kept, why, for how long."""
    return page(request, "legal/privacy.html")


@show("/imprint", policy="public")
async def show_imprint(request: Request[Any, Any, Any]) -> Template:
    """Who answers for this installation: each desk for its region."""
    found = [await regions.desk_of(region.id) for region in await regions.with_desks()]
    return page(request, "legal/imprint.html", desks=[desk for desk in found if desk])


@show("/accessibility", policy="public", sync_to_thread=False)
def show_accessibility(request: Request[Any, Any, Any]) -> Template:
    """What works for whom, and whom to tell when it does not."""
    return page(request, "legal/accessibility.html")


ROUTES: list[Any] = [show_privacy, show_imprint, show_accessibility]
