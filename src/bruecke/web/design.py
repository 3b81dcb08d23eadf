"""The living page of every component in every state."""

from typing import Any

from litestar import Request
from litestar.response import Template

from bruecke.web.http.render import page
from bruecke.web.http.routes import show


@show("/design", policy="public", sync_to_thread=False)
def show_design(request: Request[Any, Any, Any]) -> Template:
    """Nothing on it is real."""
    return page(request, "design/show.html")


ROUTES: list[Any] = [show_design]
