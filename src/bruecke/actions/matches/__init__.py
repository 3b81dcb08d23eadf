"""What people do with matches, by the side that acts, and what the passing of time does."""

from bruecke.actions.matches.arranging import choose_contact
from bruecke.actions.matches.desk import (
    approve,
    close,
    confirm_by_phone,
    decline,
    look,
    number_is_right,
    resume,
)
from bruecke.actions.matches.either import finish, met, refuse, report_problem, undo, withdraw
from bruecke.actions.matches.organisation import confirm
from bruecke.actions.matches.passing import decide_by_policy
from bruecke.actions.matches.system import (
    end_of_posting,
    expire,
    offer_free_places,
    silence,
)
from bruecke.actions.matches.volunteer import (
    Yes,
    accept_place,
    before_start,
    choices_at_yes,
    first_free,
    missing_at_yes,
    refuse_place,
    say_no,
    say_yes,
)

__all__ = [
    "Yes",
    "accept_place",
    "approve",
    "before_start",
    "choices_at_yes",
    "choose_contact",
    "close",
    "confirm",
    "confirm_by_phone",
    "decide_by_policy",
    "decline",
    "end_of_posting",
    "expire",
    "finish",
    "first_free",
    "look",
    "met",
    "missing_at_yes",
    "number_is_right",
    "offer_free_places",
    "refuse",
    "refuse_place",
    "report_problem",
    "resume",
    "say_no",
    "say_yes",
    "silence",
    "undo",
    "withdraw",
]
