"""An import in lines for the terminal: one for each row with a loss or a no, and the sum."""

from collections.abc import Iterator

from bruecke.domain.imports import Report, Result, Undone

_WHY = {
    "older": "this file is older than the import before",
    "decided": "somebody here published or edited it meanwhile, it stays as it is",
    "refused": "the service point refused this organisation",
}
_LEFT = {
    "later": "a later import wrote it: undo that one first",
    "decided": "somebody here published, edited or answered it",
}


def of_rows(report: Report) -> Iterator[str]:
    """A line for every row that was not taken, or taken with a loss."""
    for one in report.results:
        said = _said(one)
        if said:
            yield f"row {one.row} ({_id(one.key)}): {said}"


def _said(one: Result) -> str:
    if one.is_taken:
        return "; ".join(one.losses)
    return f"not taken: {one.why or _WHY[one.outcome]}"


def _id(key: str) -> str:
    return key.rpartition(":")[2] or "no id"


def sums(report: Report, region: str, written: bool) -> Iterator[str]:
    """The figures, which add up to all rows, and what to do next."""
    yield (
        f"{len(report.results)} rows: {report.clean} taken whole, {report.with_loss} taken with a"
        f" loss, {report.not_taken} not taken."
    )
    yield (
        f"Of those taken: {report.count('new')} new, {report.count('updated')} updated,"
        f" {report.count('unchanged')} unchanged; {report.organisations} new organisations."
    )
    if report.gone:
        yield f"{len(report.gone)} imported earlier are not in this file: {_some(report.gone)}"
    if not written:
        yield f"Nothing was written to {region}: this was a dry run. Add --write to take it in."
    elif report.batch:
        yield f"Written as batch {report.batch}. Take it back: bruecke import --undo={report.batch}"
        yield "Next: the service point looks at them and publishes at /desk/postings."
    else:
        yield "There was nothing to write."


def _some(keys: tuple[str, ...]) -> str:
    shown = ", ".join(_id(key) for key in keys[:10])
    return f"{shown} …" if len(keys) > 10 else f"{shown}."


def of_undo(undone: Undone) -> Iterator[str]:
    """What went, what says again what it said before, and what stays."""
    for key, why in undone.left:
        yield f"{_id(key)} stays: {_LEFT[why]}"
    for name in undone.left_organisations:
        yield f"{name} stays: it is verified or refused, has people, or has tasks left"
    yield (
        f"{undone.removed} tasks removed, {undone.restored} say again what they said before,"
        f" {len(undone.left)} stay; {undone.organisations} organisations removed,"
        f" {len(undone.left_organisations)} stay."
    )
