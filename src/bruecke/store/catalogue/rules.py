"""The words the data catalogue is written in: a rule for a table, a tag for a column."""

from typing import Literal

import msgspec

Class = Literal["id", "contact", "content", "secret", "technical", "link"]
Erase = Literal["delete", "blank", "keep"]


class Tag(msgspec.Struct, frozen=True):
    """What one column holds, and what becomes of it when a person is erased.

    `erase`: "delete" goes with its row; "blank" is emptied, or made to lead nowhere, while the row
    stays; "keep" stays because it tells nothing of the person.
    """

    kind: Class
    purpose: str
    person: bool = False
    export: bool = False
    erase: Erase = "keep"


class TableRule(msgspec.Struct, frozen=True, kw_only=True):
    """How long a table's rows stay, and what each of its columns is.

    `days` is the longest a row stays after the moment `keep` names, None for "lives with" or
    "as long as it is used". `swept_by` is the function that sees to it by itself, "" while a
    person has to. `found_by` are the columns that lead from a person to its rows.
    """

    keep: str
    columns: dict[str, Tag]
    days: int | None = None
    lives_with: str = ""
    swept_by: str = ""
    found_by: tuple[str, ...] = ()


def own(kind: Class, purpose: str) -> Tag:
    """A person's own data: in its export, gone with the row."""
    return Tag(kind, purpose, person=True, export=True, erase="delete")


def hidden(kind: Class, purpose: str) -> Tag:
    """Of a person, but no use to anybody outside: keys and hashes, never exported."""
    return Tag(kind, purpose, person=True, erase="delete")


def blanked(kind: Class, purpose: str, export: bool = True) -> Tag:
    """A person's trace in a row that outlives the person."""
    return Tag(kind, purpose, person=True, export=export, erase="blank")


def plain(kind: Class, purpose: str) -> Tag:
    """Nothing of a person."""
    return Tag(kind, purpose)


def also(kind: Class, *names: str, purpose: str) -> dict[str, Tag]:
    """Several columns that tell nothing of a person and serve one purpose."""
    return dict.fromkeys(names, Tag(kind, purpose))
