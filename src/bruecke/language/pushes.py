"""The words of pushes: a lock screen shows them to everybody, so they name nobody."""

import msgspec

from bruecke.language.catalog import text
from bruecke.language.languages import DEFAULT, LANGUAGES
from bruecke.settings import settings


def declarative(title: str, body: str, path: str, language: str, tag: str) -> str:
    """One payload for every browser: Safari shows it without a worker, the others hand it to ours.

    `path` is an address of ours; a later message with the same `tag` takes the place of this one.
    """
    direction = LANGUAGES.get(language, DEFAULT).direction
    notification = {
        "title": title,
        "body": body,
        "navigate": settings().origin + path,
        "lang": language,
        "dir": direction,
        "tag": tag,
    }
    return msgspec.json.encode({"web_push": 8030, "notification": notification}).decode()


def something_new(language: str, tag: str) -> str:
    """What is sent where a payload of its own was too large for a push service."""
    body = text("subscriptions.push.news", language)
    return declarative(text("layout.name", language), body, "/home", language, tag)


def sample(language: str) -> str:
    """What somebody gets who asks whether it works."""
    body = text("subscriptions.push.sample", language)
    return declarative(text("layout.name", language), body, "/me", language, "sample")
