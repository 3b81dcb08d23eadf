"""Matches: what each side may see, how they are moved, and which are due."""

from bruecke.store.matches.due import (
    expired,
    finished,
    free_places,
    next_in_line,
    of_posting,
    overtaken,
    silent,
)
from bruecke.store.matches.reads import (
    for_desk,
    for_organisation,
    for_volunteer,
    of_organisation,
    of_volunteer,
    queue,
)
from bruecke.store.matches.records import (
    Record,
    add,
    asked_posting,
    get,
    move,
    of_pair,
    open_interests,
    postings_of,
    restore,
    state_of,
    was_approved,
)

__all__ = [
    "Record",
    "add",
    "asked_posting",
    "expired",
    "finished",
    "for_desk",
    "for_organisation",
    "for_volunteer",
    "free_places",
    "get",
    "move",
    "next_in_line",
    "of_organisation",
    "of_pair",
    "of_posting",
    "of_volunteer",
    "open_interests",
    "overtaken",
    "postings_of",
    "queue",
    "restore",
    "silent",
    "state_of",
    "was_approved",
]
