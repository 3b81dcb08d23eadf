"""One row of a FREINET export in our words, and what of it could not come along."""

import re
from collections.abc import Iterable

from bruecke.domain.errors import DomainError
from bruecke.domain.imports import NotTaken, Offered
from bruecke.domain.organisation import clean_name
from bruecke.domain.posting import (
    AREA_LENGTH,
    MAX_PLACES,
    TEXT_LENGTH,
    TITLE_LENGTH,
    VENUE_LENGTH,
)
from bruecke.exchange.mapping import Mapped, map_offer
from bruecke.exchange.plain import cut_line, cut_text, one_line, take_out_contacts, to_plain
from bruecke.exchange.timeframes import read_when
from bruecke.reference.activities import activities_by_code
from bruecke.reference.postcodes import is_postcode, locate

SYSTEM = "freinet"
_ID = re.compile(r"[0-9]{1,12}")
_COUNT = re.compile(r"-?[0-9]{1,9}")
_LATEST = 4_102_444_800
_WHEN_LENGTH, _KEY_LENGTH = 300, 140
_FEW_DISTRICTS = 3
_CONTACT = "phone number or mail address"
_DISTRICT_END = re.compile(r"\s*-\s*[A-Z]{1,3}$")


def read_row(number: int, fields: dict[str, str], seen: dict[str, int]) -> Offered | NotTaken:
    """Row `number` (from 1) in our words; `seen` holds the rows of the ids that came before."""
    identity = one_line(fields["id"])
    if not _ID.fullmatch(identity):
        return NotTaken(row=number, key=cut_line(identity, 20), why="the id is not a number")
    if identity in seen:
        why = f"the same id stands in row {seen[identity]} already"
        return NotTaken(row=number, key=identity, why=why)
    seen[identity] = number
    title, contacts = take_out_contacts(one_line(to_plain(fields["name"]).text))
    if len(title) < 2:
        return NotTaken(row=number, key=identity, why="it has no title")
    try:
        organisation = clean_name(one_line(fields["org"]))
    except DomainError:
        return NotTaken(row=number, key=identity, why="the organisation's name cannot be used")
    losses = [f"{contacts} × {_CONTACT} taken out of the title"] if contacts else []
    return _offered(number, identity, title, organisation, fields, losses)


def _offered(
    number: int,
    identity: str,
    title: str,
    organisation: str,
    fields: dict[str, str],
    losses: list[str],
) -> Offered:
    if len(title) > TITLE_LENGTH:
        losses.append(f"title cut to {TITLE_LENGTH} characters")
    text, whole = _text(fields, losses)
    mapped = map_offer(title, whole, _list(fields["categories"]), _list(fields["targets"]))
    losses += _mapping_losses(mapped)
    postcode = _postcode(fields, losses)
    when = read_when(fields["timeframe_text"])
    if fields["timeframe_text"].strip() and when.kind == "unclear":
        losses.append("the times are kept as text only")
    return Offered(
        row=number,
        key=f"{SYSTEM}:{identity}",
        edited_at=_edited(fields["edited"], losses),
        organisation_key=f"{SYSTEM}:{organisation.casefold()}"[:_KEY_LENGTH],
        organisation=organisation,
        purpose=_purpose(fields["org_description_html"], losses),
        stage="registered" if re.search(r"\be\. ?V\b", organisation, re.I) else "institution",
        contactable=_contactable(fields["contactable"], losses),
        title=cut_line(title, TITLE_LENGTH),
        text=text,
        # Without an equivalent something has to stand there until the desk chooses.
        activity=mapped.activity or "festivals",
        fits=bool(mapped.activity),
        format="recurring" if when.weekly and when.slots else "flexible",
        slots=when.slots,
        area=_area(fields["districts"]),
        venue=_venue(fields, postcode),
        postcode=postcode,
        places=_places(fields["wanted"], losses),
        with_children=mapped.with_children,
        home_visit=mapped.home_visit,
        losses=tuple(losses),
    )


def _list(text: str) -> list[str]:
    return [one_line(part) for part in text.split("|") if part.strip()]


def _text(fields: dict[str, str], losses: list[str]) -> tuple[str, str]:
    """The short line, the description and the wording of the times; cut to fit, and whole."""
    described, short = to_plain(fields["description_html"]), to_plain(fields["short"])
    lead = "" if short.text in described.text else short.text
    told = "\n\n".join(part for part in (lead, described.text) if part)
    told, contacts = take_out_contacts(told)
    when, more = take_out_contacts(one_line(to_plain(fields["timeframe_text"]).text))
    when = f"Zeit: {cut_line(when, _WHEN_LENGTH)}" if when else ""
    room = TEXT_LENGTH - len(when) - 2 if when else TEXT_LENGTH
    if len(told) > room:
        losses.append(f"text cut to {TEXT_LENGTH:,} characters")
    for count, what in (
        (described.links + short.links, "link"),
        (described.pictures + short.pictures, "picture"),
        (contacts + more, _CONTACT),
    ):
        if count:
            losses.append(f"{count} × {what} taken out of the text")
    return "\n\n".join(part for part in (cut_text(told, room), when) if part), told


def _mapping_losses(mapped: Mapped) -> Iterable[str]:
    for name in mapped.unknown:
        yield f'"{cut_line(name, 60)}" is not in the table'
    if mapped.fit == "near":
        ours = activities_by_code()[mapped.activity].name("de")
        yield f'"{mapped.by.lstrip("*")}" is only near to "{ours}"'
    elif mapped.fit == "none":
        yield "none of our activities fits: the service point chooses one"


def _postcode(fields: dict[str, str], losses: list[str]) -> str:
    told = one_line(fields["postcode"])
    if is_postcode(told) and locate(told):
        return told
    wrong = f'"{cut_line(told, 20)}" is no postcode' if told else "no postcode"
    losses.append(f"{wrong}: suggested in the whole region, without a distance")
    return ""


def _edited(told: str, losses: list[str]) -> int:
    if _COUNT.fullmatch(told.strip()[:9]) and told.strip().isdigit() and int(told) < _LATEST:
        return int(told)
    losses.append("the date of editing cannot be read")
    return 0


def _purpose(markup: str, losses: list[str]) -> str:
    text, contacts = take_out_contacts(to_plain(markup).text)
    if contacts:
        losses.append(f"{contacts} × {_CONTACT} taken out of the organisation")
    return cut_text(text, TEXT_LENGTH)


def _contactable(told: str, losses: list[str]) -> bool:
    if told.strip() not in ("1", "0", "-1"):
        losses.append("whether it may be contacted cannot be read: kept as a draft")
    return told.strip() == "1"


def _places(told: str, losses: list[str]) -> int:
    if not _COUNT.fullmatch(told.strip()):
        losses.append("the number of places cannot be read: 1 place")
        return 1
    wanted = int(told)
    if wanted > MAX_PLACES:
        losses.append(f"{wanted} places: {MAX_PLACES} is the most")
    elif wanted < 0:
        losses.append(f"{wanted} places: 1 place")
    # None wanted means "nobody counted" in FREINET, not "nobody": more than half say so.
    return min(max(wanted, 1), MAX_PLACES)


def _area(districts: str) -> str:
    names = [_DISTRICT_END.sub("", name) for name in _list(districts) if "unabhängig" not in name]
    if not names or len(names) > _FEW_DISTRICTS:
        return ""
    return cut_line(", ".join(names), AREA_LENGTH)


def _venue(fields: dict[str, str], postcode: str) -> str:
    street, place = one_line(fields["street"]), one_line(fields["place"])
    told = f"{street}, {postcode} {place}" if street and place else one_line(fields["address"])
    return cut_line(" ".join(told.replace(",  ", ", ").split()), VENUE_LENGTH)
