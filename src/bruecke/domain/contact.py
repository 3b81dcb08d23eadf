"""A phone number or a mail address: which of both was typed, and how it is written."""

from typing import Literal

import msgspec
import phonenumbers
from email_validator import EmailNotValidError, validate_email

from bruecke.domain.errors import DomainError

MAX_LENGTH = 254
# Digits as typed, zeros included: a mobile number here has 11; E.164 allows 15 after "00".
SHORTEST, LONGEST = 10, 17


class Contact(msgspec.Struct, frozen=True):
    """`value` is E.164 for a phone, a normalised address for a mail."""

    kind: Literal["phone", "email"]
    value: str


def read_contact(typed: str, field: str = "contact") -> Contact:
    """The contact somebody typed; German numbers may lack the country code.

    Raises DomainError for `field` when it is neither a number nor an address.
    """
    typed = typed.strip()
    if not typed:
        raise DomainError("contact.error.required", field)
    if len(typed) > MAX_LENGTH:
        raise DomainError("contact.error.too_long", field)
    if "@" in typed:
        return Contact("email", _email(typed, field))
    return Contact("phone", _phone(typed, field))


def _email(typed: str, field: str) -> str:
    try:
        found = validate_email(
            typed, check_deliverability=False, test_environment=True, allow_display_name=False
        )
    except EmailNotValidError as problem:
        raise DomainError("contact.error.email", field) from problem
    return found.normalized.lower()


def _phone(typed: str, field: str) -> str:
    digits = sum(sign.isdigit() for sign in typed)
    if not digits:
        raise DomainError("contact.error.neither", field)
    try:
        number = phonenumbers.parse(typed, "DE")
    except phonenumbers.NumberParseException:
        number = None
    if number is not None and phonenumbers.is_valid_number(number):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if digits < SHORTEST:
        raise DomainError("contact.error.phone_short", field)
    raise DomainError(
        "contact.error.phone_long" if digits > LONGEST else "contact.error.phone", field
    )


def show_phone(number: str) -> str:
    """An E.164 number as it is written here: "0171 3920012"."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if parsed.country_code == 49
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, style)
