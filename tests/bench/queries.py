"""How often a page asks the database, counted where SQLite is asked."""

import asyncio
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from bruecke.clock import now
from bruecke.language.dates import today
from bruecke.seed import plant
from bruecke.settings import settings
from bruecke.store import facts
from bruecke.store.engine import use_engine
from bruecke.store.migrations import migrate
from bruecke.store.sqlite_connection import ConnectionThread
from tests.bench.figures import Figure, within
from tests.bench.pages import PAGES
from tests.support.web import running_app, sign_in

MOST = 3


async def _counted(folder: Path, day: date) -> list[Figure]:
    engine = use_engine(f"sqlite:///{folder / 'bench.sqlite3'}")
    await engine.start_connection_pool()
    await migrate()
    await plant(now(), day)
    asked = 0
    real = ConnectionThread.run

    async def counting(self: ConnectionThread, *job: Any, **how: Any) -> Any:
        nonlocal asked
        asked += 1
        return await real(self, *job, **how)

    figures = []
    async with running_app() as browser:
        for role, paths in PAGES.items():
            await sign_in(browser, str(await facts.get(f"demo:{role}")), "demo")
            for path in paths:
                await browser.get(path)
                ConnectionThread.run = counting  # type: ignore[method-assign]
                asked = 0
                answer = await browser.get(path)
                ConnectionThread.run = real  # type: ignore[method-assign]
                assert answer.status_code == 200, path
                what = f"`{path}`, signed in, questions to the database"
                figures.append(Figure(what, f"{asked}", f"≤ {MOST}", within(asked, MOST)))
    await engine.close_connection_pool()
    return figures


def measure() -> list[Figure]:
    """For every page whose CPU is measured, the login's own question included."""
    os.environ["BRUECKE_WORKER"] = "none"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BRUECKE_DATA_DIR"] = folder
        settings.cache_clear()
        return asyncio.run(_counted(Path(folder), today(now())))
