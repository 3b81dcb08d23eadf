"""How a route is declared: nothing is reachable without a policy and a CSRF kind."""

from collections.abc import Callable, Iterable
from typing import Any, Literal

from litestar import Litestar, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from bruecke.domain.access import Policy

Csrf = Literal["none", "login", "origin", "capability"]


Handler = Callable[[Callable[..., Any]], HTTPRouteHandler]


def show(path: str | list[str], *, policy: Policy, **options: Any) -> Handler:
    """A page: a GET that changes nothing."""
    return get(path, opt={"policy": policy, "csrf": "none"}, **options)


def act(path: str | list[str], *, policy: Policy, csrf: Csrf = "login", **options: Any) -> Handler:
    """A form's target. `login`: token of the login; `origin`: visitors, so the origin must be ours;
    `capability`: the address itself is the right."""
    return post(path, opt={"policy": policy, "csrf": csrf}, status_code=200, **options)


class UndeclaredRoute(Exception):
    """A handler does not say who may call it."""


def handlers_of(app: Litestar) -> Iterable[tuple[str, str, HTTPRouteHandler]]:
    """Every (path, method, handler) the app answers."""
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        for handler in route.route_handlers:
            if isinstance(handler, HTTPRouteHandler):
                for method in sorted(handler.http_methods):
                    if method != "OPTIONS":
                        yield route.path, str(method), handler


def assert_declared(app: Litestar) -> None:
    """Raises UndeclaredRoute for a handler without policy, or a POST without a CSRF kind."""
    for path, method, handler in handlers_of(app):
        said = handler.opt
        if "policy" not in said or "csrf" not in said:
            raise UndeclaredRoute(f"{method} {path}")
        if method not in ("GET", "HEAD") and said["csrf"] == "none":
            raise UndeclaredRoute(f"{method} {path} needs a CSRF kind")
