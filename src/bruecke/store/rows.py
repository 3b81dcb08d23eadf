"""Rows into Structs: a read asks for the columns its Struct has, nothing more."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

import msgspec
from piccolo.columns import Column
from piccolo.table import Table

S = TypeVar("S", bound=msgspec.Struct)


@cache
def columns(table: type[Table], kind: type[msgspec.Struct]) -> tuple[Column, ...]:
    """The columns of `table` that `kind` has a field for."""
    fields = set(kind.__struct_fields__)
    return tuple(column for column in table._meta.columns if column._meta.name in fields)


def struct(row: dict[str, Any], kind: type[S]) -> S:
    """One row as `kind`; what is NULL takes the field's default."""
    return kind(**{name: value for name, value in row.items() if value is not None})


def structs(rows: Iterable[dict[str, Any]], kind: type[S]) -> list[S]:
    """All rows as `kind`."""
    return [struct(row, kind) for row in rows]


def first(rows: Sequence[dict[str, Any]], kind: type[S]) -> S | None:
    """The first row as `kind`, None if there is none."""
    return struct(rows[0], kind) if rows else None
