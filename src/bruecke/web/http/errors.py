"""What went wrong, as a page in plain words: one table, never a stack trace."""

import logging
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from bruecke.domain.errors import DomainError, MatchMoved, NotThere, SentDifferently, TooOften
from bruecke.language import languages
from bruecke.web.http.guards import SignInFirst
from bruecke.web.http.login import language_of
from bruecke.web.http.render import go, own_path, page

log = logging.getLogger("bruecke.web")
KNOWN = (400, 403, 404, 405, 409, 413, 422, 429)


def show_error(request: Request[Any, Any, Any], status: int, wait: int = 0) -> Response[Any]:
    """The page of a status. Alike for everybody: what is not yours looks like what is not there."""
    # Middleware does not run for unknown addresses, so the language is found here.
    languages.current.set(language_of(request, None))
    shown = status if status in KNOWN else (500 if status >= 500 else 400)
    kind = 404 if shown == 405 else shown
    answer = page(
        request,
        "errors/show.html",
        status=kind,
        as_visitor=True,
        path="/",
        status_code=kind,
        wait=wait,
    )
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


def on_http(request: Request[Any, Any, Any], problem: HTTPException) -> Response[Any]:
    """Litestar's own refusals."""
    return show_error(request, problem.status_code)


def on_not_there(request: Request[Any, Any, Any], _: NotThere) -> Response[Any]:
    """Not there, or not for this reader."""
    return show_error(request, 404)


def on_domain(request: Request[Any, Any, Any], _: DomainError) -> Response[Any]:
    """A rule said no where no form can show it."""
    return show_error(request, 409)


def on_moved(request: Request[Any, Any, Any], moved: MatchMoved) -> Response[Any]:
    """Somebody was faster: what happened meanwhile, and the way to see it."""
    return page(request, "errors/moved.html", status=409, state=moved.state)


def on_too_often(request: Request[Any, Any, Any], problem: TooOften) -> Response[Any]:
    """A limit was reached."""
    return show_error(request, 429, problem.wait)


def on_sign_in_first(request: Request[Any, Any, Any], problem: SignInFirst) -> Response[Any]:
    """To the way in, and back afterwards."""
    way = "/sign-in/passkey" if problem.passkey else "/sign-in"
    after = own_path(request.url.path) if request.method == "GET" else "/"
    target = f"{way}?next={after}"
    if request.headers.get("hx-request") == "true":
        return go(request, target)
    return Redirect(target, status_code=HTTP_303_SEE_OTHER)


def on_anything(request: Request[Any, Any, Any], problem: Exception) -> Response[Any]:
    """Our own mistake: the log gets where, never what somebody typed."""
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    log.error("unexpected %s at %s", type(problem).__name__, where)
    return show_error(request, 500)


HANDLERS: dict[Any, Any] = {
    HTTPException: on_http,
    NotThere: on_not_there,
    DomainError: on_domain,
    MatchMoved: on_moved,
    SentDifferently: lambda request, _: show_error(request, 409),
    TooOften: on_too_often,
    SignInFirst: on_sign_in_first,
    Exception: on_anything,
}
