"""The few kinds of column every table is made of."""

from typing import Any

from piccolo.columns import BigInt, ForeignKey, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from bruecke.store.ids import new_id


def id_column() -> Varchar:
    """Random 128-bit key, safe to show in an address."""
    return Varchar(length=22, primary_key=True, default=new_id)


def code(length: int = 40, **options: Any) -> Varchar:
    """A short machine word: a state, a kind, a role."""
    return Varchar(length=length, default="", **options)


def instant(**options: Any) -> BigInt:
    """UTC seconds; 0 stands for "has not happened"."""
    return BigInt(default=0, **options)


def mask(**options: Any) -> BigInt:
    """A set over a reference list, one bit for each entry."""
    return BigInt(default=0, **options)


def owner(table: type[Table] | str, **options: Any) -> ForeignKey[Any]:
    """The row this one lives and dies with."""
    return ForeignKey(table, on_delete=OnDelete.cascade, null=False, index=True, **options)


def link(table: type[Table] | str, **options: Any) -> ForeignKey[Any]:
    """A row this one speaks of and outlives."""
    return ForeignKey(table, on_delete=OnDelete.set_null, null=True, default=None, **options)
