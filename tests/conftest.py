"""Fixtures every test may ask for: the loop, and a clean migrated database on each engine."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator

# Before anything reads them: tests start workers themselves and leave nothing in the checkout.
os.environ["BRUECKE_WORKER"] = "none"
os.environ["BRUECKE_DATA_DIR"] = tempfile.mkdtemp(prefix="bruecke-tests-")
os.environ["BRUECKE_SECRET_KEY"] = "a secret of the tests, long enough to be one"
for name in ("BRUECKE_DEMO", "BRUECKE_BASE_URL", "BRUECKE_DATABASE_URL"):
    os.environ.pop(name, None)

import pytest

from bruecke.store.engine import Database
from tests.support.databases import Databases, open_database

KINDS = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    """--engine sqlite: half the time while you work; both is what counts."""
    parser.addoption("--engine", choices=[*KINDS, "both"], default="both")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test with a database runs on each engine asked for."""
    if "engine_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--engine")
        kinds = KINDS if chosen == "both" else (chosen,)
        metafunc.parametrize("engine_kind", kinds)


@pytest.fixture
def anyio_backend() -> str:
    """Piccolo knows asyncio only."""
    return "asyncio"


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """The maker of databases of this run."""
    made = Databases()
    yield made
    made.close()


@pytest.fixture
async def database(
    anyio_backend: str, engine_kind: str, databases: Databases
) -> AsyncIterator[Database]:
    """A clean migrated database, its pool open in this test's loop."""
    url = await databases.fresh(engine_kind)
    engine = await open_database(url)
    yield engine
    await engine.close_connection_pool()
    await databases.remove(url)


@pytest.fixture
async def empty_database(
    anyio_backend: str, engine_kind: str, databases: Databases
) -> AsyncIterator[Database]:
    """One without any table, for tests of the migrations themselves."""
    url = await databases.fresh(engine_kind, migrated=False)
    engine = await open_database(url)
    yield engine
    await engine.close_connection_pool()
    await databases.remove(url)
