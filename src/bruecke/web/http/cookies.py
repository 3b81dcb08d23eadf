"""The three cookies: who is signed in, which language, which browser asked for a code."""

import re
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

LOGIN = "__Host-login"
LANGUAGE = "__Host-language"
BROWSER = "__Host-browser"
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def make(name: str, value: str, life: int) -> Cookie:
    """A cookie only this host reads and no script sees; `life` in seconds."""
    return Cookie(
        key=name, value=value, max_age=life, path="/", secure=True, httponly=True, samesite="lax"
    )


def gone(name: str) -> Cookie:
    """Tells the browser to forget it."""
    return make(name, "", 0)


def secret(connection: ASGIConnection[Any, Any, Any, Any], name: str) -> str:
    """The secret in a cookie, "" for anything that we cannot have made."""
    value = connection.cookies.get(name, "")
    return value if _SECRET.fullmatch(value) else ""
