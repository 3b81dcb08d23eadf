"""Name and contact of somebody we do not know yet, out of a form."""

from typing import Any

from bruecke.domain.contact import Contact, read_contact
from bruecke.domain.errors import DomainError
from bruecke.domain.person import clean_name
from bruecke.web.http.forms import Filled


def read_name(form: Filled[Any], typed: str) -> str:
    """The name; "" with a message beside the field if there is none."""
    try:
        return clean_name(typed)
    except DomainError as problem:
        form.refuse(problem)
        return ""


def read_who(form: Filled[Any], name: str, contact: str) -> tuple[str, Contact | None]:
    """Name and contact, each with its own message in `form` if it is not sound."""
    found = read_name(form, name)
    try:
        return found, read_contact(contact)
    except DomainError as problem:
        form.refuse(problem)
        return found, None
