"""Who may call what: no route appears, vanishes or changes its guard unnoticed."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar, get, post

from bruecke.app import create_app
from bruecke.web.http.routes import UndeclaredRoute, assert_declared, handlers_of

LISTED = Path(__file__).with_name("routes.txt")
# Addresses that no login can be asked of: before it, or for machines.
PUBLIC_POSTS = {
    "/answers/{secret:str}/interest", "/answers/{secret:str}/refusal", "/answers/{secret:str}/undo",
    "/demo/{role:str}", "/invites/{secret:str}", "/join", "/language", "/organisations/new",
    "/sign-in", "/sign-in/code", "/sign-in/desk", "/sign-in/passkey", "/sign-in/passkey/options",
    "/sign-out",
}  # fmt: skip


@cache
def _routes() -> list[str]:
    return sorted(
        f"{path} {method} {handler.opt['policy']} {handler.opt['csrf']}"
        for path, method, handler in handlers_of(create_app())
        if method != "HEAD"
    )


def test_the_routes_are_those_of_the_list() -> None:
    """Read it as a reviewer: is each new line meant? Then put it into routes.txt."""
    listed = LISTED.read_text().splitlines()
    assert listed == sorted(listed)
    new = [f"+ {line}" for line in _routes() if line not in listed]
    gone = [f"- {line}" for line in listed if line not in _routes()]
    assert new + gone == []


def test_no_address_is_answered_twice() -> None:
    seen = [line.rsplit(" ", 2)[0] for line in _routes()]
    assert len(seen) == len(set(seen))


def test_only_known_posts_need_no_login() -> None:
    open_ = {path for path, _, policy, _ in map(str.split, _posts()) if policy != "signed_in"}
    guarded = {"representative", "desk", "admin"}
    open_ -= {path for path, _, policy, _ in map(str.split, _posts()) if policy in guarded}
    assert open_ == PUBLIC_POSTS


def test_a_post_behind_a_login_asks_for_the_token_of_that_login() -> None:
    weak = [
        line
        for line in _posts()
        if line.split()[2] not in ("public", "demo") and line.split()[3] != "login"
    ]
    assert weak == []


def test_everything_under_desk_is_for_the_desk() -> None:
    strays = [line for line in _routes() if line.startswith("/desk") and " desk " not in line]
    assert strays == []


def test_only_reading_and_posting_exist() -> None:
    assert {line.split()[1] for line in _routes()} == {"GET", "POST"}


def _posts() -> list[str]:
    return [line for line in _routes() if line.split()[1] == "POST"]


def _starting(handler: Any) -> None:
    assert_declared(Litestar([handler], openapi_config=None))


def test_start_up_refuses_a_route_that_does_not_say_who_may_call_it() -> None:
    @get("/open", sync_to_thread=False)
    def forgotten() -> str:
        return ""

    with pytest.raises(UndeclaredRoute, match="GET /open"):
        _starting(forgotten)


def test_start_up_refuses_a_post_without_a_csrf_kind() -> None:
    @post("/change", opt={"policy": "public"}, sync_to_thread=False)
    def unsaid() -> str:
        return ""

    @post("/change", opt={"policy": "public", "csrf": "none"}, sync_to_thread=False)
    def none() -> str:
        return ""

    for handler in (unsaid, none):
        with pytest.raises(UndeclaredRoute, match="POST /change"):
            _starting(handler)


def test_start_up_takes_a_route_that_says_both() -> None:
    @post("/change", opt={"policy": "signed_in", "csrf": "login"}, sync_to_thread=False)
    def said() -> str:
        return ""

    _starting(said)
