"""The one place that knows where templates, static files and migrations lie."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def data(name: str) -> Path:
    """The folder `name` (templates, static, migrations): in the wheel, else in the checkout."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parents[1] / name
