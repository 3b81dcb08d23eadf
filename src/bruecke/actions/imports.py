"""A file's rows come in as one batch: what is new, what changes, what stays as people left it."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import msgspec

from bruecke.domain.errors import DomainError
from bruecke.domain.imports import (
    Host,
    Kept,
    NotTaken,
    Offered,
    Outcome,
    Report,
    Result,
    outcome,
    state_of,
)
from bruecke.domain.posting_rules import age_bands, checks_of, review_day
from bruecke.store import history, imports, regions
from bruecke.store.ids import new_id
from bruecke.store.tables import ImportBatch, Organisation, Posting
from bruecke.store.transaction import transaction

Row = Offered | NotTaken


class Source(msgspec.Struct, frozen=True):
    """Which file it is: its name without the folder, and its hash."""

    name: str
    digest: str


class _Planned(msgspec.Struct, frozen=True):
    """One row with the organisation and the posting it belongs to, written or not."""

    offered: Offered
    outcome: Outcome
    organisation: str
    says: dict[str, Any]
    kept: Kept | None


class _Plan(msgspec.Struct, frozen=True):
    """Everything a file would do, in the order of its rows."""

    rows: list[_Planned]
    organisations: dict[str, Offered]
    report: Report


def _nothing(_: int) -> None:
    """Who asks for no progress hears of none."""


async def preview(region: str, rows: Sequence[Row]) -> Report:
    """What `take` would do, without writing anything. Raises DomainError for an unknown region."""
    return (await _planned(region, rows)).report


async def take(
    region: str,
    rows: Sequence[Row],
    source: Source,
    now: int,
    today: date,
    tick: Callable[[int], None] = _nothing,
) -> Report:
    """Writes every row that may be written, all of them or none, as one batch.

    New organisations have no representative and are not verified, so nothing becomes public here.
    `tick` hears how many more rows are written. Raises DomainError for an unknown region.
    """
    left: set[str] = set()
    async with transaction():
        await imports.hold(region)
        plan = await _planned(region, rows)
        writing = [one for one in plan.rows if one.outcome in ("new", "updated")]
        if not writing:
            return plan.report
        batch = await _open_batch(region, source, plan, now)
        made = [
            (_posting(one, region, batch, now, today), one.offered.places)
            for one in writing
            if one.outcome == "new"
        ]
        desk = await regions.desk_of(region)
        for posting, _ in made:
            posting.desk = desk.id if desk else None
        await imports.add_postings(batch, made, tick)
        for one in writing:
            if one.kept is not None:
                columns = {**_columns(one, batch), "review_by": review_day(today)}
                if await imports.write(one.kept.id, columns, one.offered.places):
                    await imports.note(batch, one.kept.id, _before(one.kept))
                else:
                    left.add(one.offered.key)
                tick(1)
        await history.note("", "imported", "import_batch", batch, now, source.name)
    return plan.report.written_as(batch, left)


async def _planned(region: str, rows: Sequence[Row]) -> _Plan:
    if await regions.get(region) is None:
        raise DomainError("error.invalid", "region")
    here = await imports.kept(region)
    hosts = await imports.hosts(region)
    by_key = {host.key: host for host in hosts if host.key}
    by_name = {_named(host.name): host for host in hosts}
    fresh: dict[str, str] = {}
    firsts: dict[str, Offered] = {}
    planned: list[_Planned] = []
    results: list[Result] = []
    for row in rows:
        if isinstance(row, NotTaken):
            results.append(Result(row=row.row, key=row.key, outcome="unreadable", why=row.why))
            continue
        key = row.organisation_key
        host = by_key.get(key) or by_name.get(_named(row.organisation))
        organisation = host.id if host else fresh.setdefault(key, new_id())
        one = _plan_row(row, organisation, here.get(row.key), host)
        if host is None and one.outcome in ("new", "updated"):
            firsts.setdefault(key, row)
        planned.append(one)
        results.append(Result(row=row.row, key=row.key, outcome=one.outcome, losses=row.losses))
    told = {row.key for row in rows}
    live = [key for key, one in here.items() if one.state != "closed"]
    gone = tuple(sorted(key for key in live if key not in told))
    organisations = {fresh[key]: row for key, row in firsts.items()}
    report = Report(results=tuple(results), organisations=len(organisations), gone=gone)
    return _Plan(planned, organisations, report)


def _named(name: str) -> str:
    return " ".join(name.split()).casefold()


def _plan_row(row: Offered, organisation: str, kept: Kept | None, host: Host | None) -> _Planned:
    says: dict[str, Any] = {
        "organisation": organisation,
        "title": row.title,
        "text": row.text,
        "activity": row.activity,
        "activity_unsure": not row.fits,
        "format": row.format,
        "slots": row.slots,
        "area": row.area,
        "venue": row.venue,
        "postcode": row.postcode,
        "with_children": row.with_children,
        "home_visit": row.home_visit,
        "checks": checks_of(row.with_children, row.home_visit),
        "age_bands": age_bands(row.home_visit, row.with_children),
    }
    decided = outcome(row, {**says, "places": row.places}, kept, host)
    return _Planned(row, decided, organisation, says, kept)


async def _open_batch(region: str, source: Source, plan: _Plan, now: int) -> str:
    report, desk = plan.report, await regions.desk_of(region)
    batch = ImportBatch(
        id=new_id(),
        region=region,
        source=source.name[:120],
        file_hash=source.digest,
        rows=len(report.results),
        taken=report.clean,
        with_loss=report.with_loss,
        not_taken=report.not_taken,
        created_at=now,
    )
    organisations = [
        Organisation(
            id=identity,
            region=region,
            desk=desk.id if desk else None,
            name=first.organisation,
            kind="other",
            stage=first.stage,
            purpose=first.purpose,
            created_at=now,
            import_batch=batch.id,
            external_key=first.organisation_key,
        )
        for identity, first in plan.organisations.items()
    ]
    await imports.add(batch, organisations)
    return str(batch.id)


def _columns(one: _Planned, batch: str) -> dict[str, Any]:
    return {
        **one.says,
        "state": state_of(one.offered),
        "import_batch": batch,
        "external_edited_at": one.offered.edited_at,
    }


def _posting(one: _Planned, region: str, batch: str, now: int, today: date) -> Posting:
    return Posting(
        id=new_id(),
        region=region,
        kind="need",
        text_language="de",
        external_key=one.offered.key,
        review_by=review_day(today),
        created_at=now,
        **_columns(one, batch),
    )


def _before(kept: Kept) -> str:
    told = {
        **kept.says,
        "state": kept.state,
        "import_batch": kept.batch or None,
        "external_edited_at": kept.edited_at,
    }
    return json.dumps(told, ensure_ascii=False)
