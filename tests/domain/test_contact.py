"""One field for phone or mail: the kind is seen, mistakes are named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bruecke.domain.contact import Contact, read_contact, show_phone
from bruecke.domain.errors import DomainError


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0171 3920012", "+491713920012"),
        ("0171/39 200-12", "+491713920012"),
        ("+49 171 3920012", "+491713920012"),
        ("0049 171 3920012", "+491713920012"),
        ("+90 532 123 45 67", "+905321234567"),
        ("٠١٧١ ٣٩٢٠٠١٢", "+491713920012"),
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str, value: str) -> None:
    assert read_contact(typed) == Contact("phone", value)


def test_a_mail_address_is_read_in_any_case() -> None:
    assert read_contact(" Amina@Example.org ") == Contact("email", "amina@example.org")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "contact.error.required"),
        ("0171", "contact.error.phone_short"),
        ("0171 39200123920012392001", "contact.error.phone_long"),
        ("amina@", "contact.error.email"),
        ("Amina", "contact.error.neither"),
        ("a@b.de" * 60, "contact.error.too_long"),
    ],
)
def test_each_mistake_has_its_own_words(typed: str, key: str) -> None:
    with pytest.raises(DomainError) as said:
        read_contact(typed)
    assert said.value.key == key
    assert said.value.field == "contact"


@given(st.text(max_size=300))
def test_whatever_is_typed_gives_a_contact_or_a_message(typed: str) -> None:
    try:
        found = read_contact(typed)
    except DomainError as problem:
        assert problem.key.startswith("contact.error.")
    else:
        assert found.value


def test_a_german_number_is_shown_as_it_is_dialled_here() -> None:
    assert show_phone("+491713920012") == "0171 3920012"
    assert show_phone("+905321234567") == "+90 532 123 45 67"
