"""Imported rows: what is here already, written in bulk, and taken back by batch."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec
from piccolo.columns import Column

from bruecke.domain.imports import UNTOUCHED, Host, Kept
from bruecke.store import rows
from bruecke.store.engine import current_engine
from bruecke.store.postgres import PostgresqlEngine
from bruecke.store.tables import (
    ImportBatch,
    ImportedPosting,
    Membership,
    Opening,
    Organisation,
    Posting,
)

# What a file says of a posting; the rest belongs to the house.
SAYS: tuple[str, ...] = (
    "organisation", "title", "text", "activity", "format", "slots", "area", "venue", "postcode",
    "with_children", "home_visit", "checks", "age_bands",
    "activity_unsure",
)  # fmt: skip
# SQLite takes 32,766 values in one statement; a posting has about 40.
_CHUNK = 100
_TOUCHED = (
    "SELECT p.id FROM posting p WHERE p.region = {} AND p.external_key <> '' AND ("
    ' EXISTS (SELECT 1 FROM "match" m WHERE m.posting = p.id)'
    " OR EXISTS (SELECT 1 FROM history_entry h WHERE h.thing_id = p.id))"
)

# Between the reading and the writing the desk may have made it public.
_NOBODY_DECIDED = Posting.state.is_in(list(UNTOUCHED)) & (Posting.published_at == 0)

T = TypeVar("T")


class Batch(msgspec.Struct, frozen=True):
    """One import."""

    id: str
    region: str
    source: str
    created_at: int
    undone_at: int


class Written(msgspec.Struct, frozen=True):
    """What a batch did to a posting; `before` is "" where it made it."""

    posting: str
    before: str


async def hold(region: str) -> None:
    """Nobody else changes an imported posting of the region until the transaction ends.

    SQLite has one writer at a time anyway. In one order, so that two imports end one another never.
    """
    if isinstance(current_engine(), PostgresqlEngine):
        await Posting.raw(
            "SELECT id FROM posting WHERE region = {} AND external_key <> ''"
            " ORDER BY id FOR UPDATE",
            region,
        )


async def kept(region: str) -> dict[str, Kept]:
    """Every imported posting of the region, by the file's key."""
    touched = {row["id"] for row in await Posting.raw(_TOUCHED, region)}
    here = Opening.select(Opening.posting, Opening.capacity).where(
        (Opening.posting.region == region) & (Opening.posting.external_key != "")
    )
    places = {row["posting"]: row["capacity"] for row in await here}
    found = await Posting.select().where((Posting.region == region) & (Posting.external_key != ""))
    return {
        row["external_key"]: Kept(
            id=row["id"],
            key=row["external_key"],
            organisation=row["organisation"],
            state=row["state"],
            published_at=row["published_at"],
            edited_at=row["external_edited_at"],
            touched=row["id"] in touched,
            batch=row["import_batch"] or "",
            says={**{name: row[name] for name in SAYS}, "places": places.get(row["id"], 0)},
        )
        for row in found
    }


async def hosts(region: str) -> list[Host]:
    """Every organisation of the region, verified or not."""
    found = await Organisation.select(
        Organisation.id, Organisation.external_key, Organisation.name, Organisation.refused_at
    ).where(Organisation.region == region)
    return [
        Host(
            id=row["id"],
            key=row["external_key"],
            name=row["name"],
            refused=row["refused_at"] > 0,
        )
        for row in found
    ]


async def add(batch: ImportBatch, organisations: Sequence[Organisation]) -> None:
    """The batch, and the organisations that were not here."""
    await ImportBatch.insert(batch)
    for chunk in _chunks(organisations):
        await Organisation.insert(*chunk)


async def add_postings(
    batch: str, made: Sequence[tuple[Posting, int]], tick: Callable[[int], None]
) -> None:
    """New postings, each with its places; `tick` hears how many more are written."""
    for chunk in _chunks(made):
        await Posting.insert(*(posting for posting, _ in chunk))
        await Opening.insert(
            *(Opening(posting=posting.id, capacity=places) for posting, places in chunk)
        )
        await ImportedPosting.insert(
            *(ImportedPosting(batch=batch, posting=posting.id) for posting, _ in chunk)
        )
        tick(len(chunk))


async def write(posting: str, columns: dict[str, Any], places: int) -> bool:
    """An imported posting says something else from now on; False where somebody decided on it."""
    values: dict[Column | str, Any] = dict(columns.items())
    written = (
        await Posting.update(values)
        .where((Posting.id == posting) & _NOBODY_DECIDED)
        .returning(Posting.id)
    )
    if written:
        await Opening.update({Opening.capacity: places}).where(Opening.posting == posting)
    return bool(written)


async def note(batch: str, posting: str, before: str) -> None:
    """Remembers what the posting said before this batch."""
    await ImportedPosting.insert(ImportedPosting(batch=batch, posting=posting, before=before))


async def batch(wanted: str) -> Batch | None:
    """The batch with this id."""
    found = await ImportBatch.select(*rows.columns(ImportBatch, Batch)).where(
        ImportBatch.id == wanted
    )
    return rows.first(found, Batch)


async def written_by(batch: str) -> list[Written]:
    """Every posting that a batch made or changed."""
    found = await ImportedPosting.select(ImportedPosting.posting, ImportedPosting.before).where(
        ImportedPosting.batch == batch
    )
    return rows.structs(found, Written)


async def close(batch: str, now: int) -> bool:
    """Marks a batch as undone; one caller wins."""
    return bool(
        await ImportBatch.update({ImportBatch.undone_at: now})
        .where((ImportBatch.id == batch) & (ImportBatch.undone_at == 0))
        .returning(ImportBatch.id)
    )


async def remove_postings(postings: Sequence[str]) -> set[str]:
    """Postings go with their places and what was noted of them; answers which of them went.

    What somebody decided on stays.
    """
    gone: set[str] = set()
    for chunk in _chunks(postings):
        removed = (
            await Posting.delete()
            .where(Posting.id.is_in(list(chunk)) & _NOBODY_DECIDED)
            .returning(Posting.id)
        )
        gone.update(row["id"] for row in removed)
    return gone


async def forget(batch: str, postings: Sequence[str]) -> None:
    """What a batch changed in these postings has been taken back."""
    for chunk in _chunks(postings):
        await ImportedPosting.delete().where(
            (ImportedPosting.batch == batch) & ImportedPosting.posting.is_in(list(chunk))
        )


async def remove_organisations(batch: str) -> tuple[int, list[str]]:
    """Removes a batch's organisations that nobody decided on and that have nothing left.

    Answers how many went, and the names of those that stay.
    """
    ours = Organisation.import_batch == batch
    idle = (
        ours
        & (Organisation.verified_at == 0)
        & (Organisation.refused_at == 0)
        & Organisation.id.not_in(Posting.select(Posting.organisation))
        & Organisation.id.not_in(
            Membership.select(Membership.organisation).where(Membership.organisation.is_not_null())
        )
    )
    gone = await Organisation.delete().where(idle).returning(Organisation.id)
    left = await Organisation.select(Organisation.name).where(ours).order_by(Organisation.name)
    return len(gone), [row["name"] for row in left]


def _chunks(things: Sequence[T]) -> Iterator[Sequence[T]]:
    return (things[start : start + _CHUNK] for start in range(0, len(things), _CHUNK))
