"""Facts of the domain in the reader's words: reasons, parts of the week, common languages."""

from collections.abc import Iterable

from markupsafe import Markup

from bruecke.domain import slots
from bruecke.domain.matching.reasons import Reason
from bruecke.language import catalog, dates
from bruecke.language.languages import current
from bruecke.reference.activities import activities
from bruecke.reference.languages import Language as SpokenLanguage
from bruecke.reference.languages import languages

COMMON = 8


def reason_words(reasons: Iterable[Reason], told: str = "reason") -> list[Markup]:
    """Each reason as one sentence: to the person ("reason") or about it ("because")."""
    return [_reason(reason, f"{told}.{reason.key.partition('.')[2]}") for reason in reasons]


def _reason(reason: Reason, key: str) -> Markup:
    tag = current.get().tag
    if reason.key == "reason.activity":
        chosen = next(one for one in activities() if int(reason.about) >> one.bit & 1)
        return catalog.html(key, activity=chosen.name(tag))
    if reason.key == "reason.language":
        return catalog.html(key, language=languages().names(reason.about, tag))
    if reason.key == "reason.near":
        return catalog.html(key, km=int(reason.about))
    return catalog.html(key)


def slot_words(mask: int) -> str:
    """ "am Wochenende", or days and parts of the day where that says it better."""
    if mask == slots.ALL:
        return catalog.text("slots.varies")
    said: list[str] = []
    for chip in ("daytime", "evenings", "weekend"):
        if slots.CHIPS[chip] & mask == slots.CHIPS[chip]:
            said.append(catalog.text(f"slots.{chip}"))
            mask &= ~slots.CHIPS[chip]
    said += [
        f"{dates.weekday_name(day)} {catalog.text('slots.' + slots.PARTS[part])}"
        for day, part in slots.pairs(mask)
    ]
    return f"{dates.comma()} ".join(said)


def check_words(kinds: Iterable[str]) -> str:
    """ "Gespräch, Papier vom Amt": kinds of checks in a row."""
    return f"{dates.comma()} ".join(catalog.text(f"checks.kind.{kind}") for kind in kinds)


def common_languages() -> list[SpokenLanguage]:
    """The languages most people here help in: for a card that one tap answers."""
    return list(languages())[:COMMON]
