"""Where Piccolo looks for the engine and the tables (PICCOLO_CONF names this module)."""

from typing import Any

from piccolo.conf.apps import AppRegistry

from bruecke.store.engine import current_engine

APP_REGISTRY = AppRegistry(apps=["bruecke.store.piccolo_app"])


def __getattr__(name: str) -> Any:
    # DB is asked for afresh, so that `use_engine` changes it for everybody.
    if name == "DB":
        return current_engine()
    raise AttributeError(name)
