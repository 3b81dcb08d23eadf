"""Which database this process talks to, decided in one place."""

from piccolo.table import TABLE_REGISTRY

from bruecke.settings import settings
from bruecke.store.postgres import PostgresqlEngine
from bruecke.store.sqlite import SqliteEngine

Database = SqliteEngine | PostgresqlEngine

_SQLITE = "sqlite:///"
_current: Database | None = None


def engine_from_url(url: str, reader_count: int = 3) -> Database:
    """The engine for `sqlite:///relative`, `sqlite:////absolute` or `postgresql://...`.

    Raises ValueError for anything else, in-memory SQLite too: each connection would see its own.
    """
    path = url.removeprefix(_SQLITE)
    if url.startswith(_SQLITE) and path and not path.startswith(":"):
        return SqliteEngine(path, reader_count)
    if url.startswith(("postgresql://", "postgres://")):
        return PostgresqlEngine(url)
    raise ValueError("BRUECKE_DATABASE_URL must begin with sqlite:/// and a path or postgresql://")


def current_engine() -> Database:
    """The engine all tables use; made from the settings when first asked for."""
    global _current
    if _current is None:
        _current = engine_from_url(settings().database_url)
    return _current


def use_engine(url: str) -> Database:
    """Move every table to the database at `url`; close the pool of the engine before first."""
    global _current
    _current = engine_from_url(url)
    for table in TABLE_REGISTRY:
        table._meta._db = None  # each asks piccolo_conf.DB again at its next query
    return _current
