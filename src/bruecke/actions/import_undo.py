"""An import is taken back, as far as nobody here has a hand in it."""

import json

from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.imports import Kept, Undone, is_untouched
from bruecke.store import history, imports
from bruecke.store.transaction import transaction


async def undo(batch: str, now: int) -> Undone:
    """Takes a batch back: what it made goes, what it changed says again what it said before.

    What somebody here published, edited or answered stays, and so does what a later import wrote;
    both are named. Raises NotThere for an unknown batch, DomainError for one that is undone.
    """
    async with transaction():
        found = await imports.batch(batch)
        if found is None:
            raise NotThere
        if not await imports.close(batch, now):
            raise DomainError("error.invalid", "batch")
        await imports.hold(found.region)
        by_id = {one.id: one for one in (await imports.kept(found.region)).values()}
        going: list[Kept] = []
        restored: list[str] = []
        left: list[tuple[str, str]] = []
        for written in await imports.written_by(batch):
            kept = by_id[written.posting]
            if kept.batch != batch or not is_untouched(kept):
                left.append((kept.key, "later" if kept.batch != batch else "decided"))
            elif written.before:
                columns = json.loads(written.before)
                if await imports.write(kept.id, columns, columns.pop("places")):
                    restored.append(kept.id)
                else:
                    left.append((kept.key, "decided"))
            else:
                going.append(kept)
        removed = await imports.remove_postings([one.id for one in going])
        left += [(one.key, "decided") for one in going if one.id not in removed]
        await imports.forget(batch, restored)
        organisations, left_organisations = await imports.remove_organisations(batch)
        await history.note("", "import_undone", "import_batch", batch, now)
    return Undone(
        removed=len(removed),
        restored=len(restored),
        organisations=organisations,
        left=tuple(left),
        left_organisations=tuple(left_organisations),
    )
