"""Associations and initiatives: how they come in and when they become public."""

import msgspec

from bruecke.domain.errors import DomainError

STAGES: tuple[str, ...] = ("registered", "initiative", "founding")
NAME_LENGTH = 120
REFUSALS: tuple[str, ...] = ("not_reached", "purpose", "place", "paid_work")


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """Kinds: mso, welfare, municipal, agency, service, other."""

    id: str
    region: str
    name: str
    kind: str = "mso"
    stage: str = "registered"
    area: str = ""
    purpose: str = ""
    public_phone: str = ""
    public_email: str = ""
    created_at: int = 0
    verified_at: int = 0
    refused_at: int = 0
    refusal: str = ""

    @property
    def is_public(self) -> bool:
        """Whether anybody may know that it exists here."""
        return self.verified_at > 0 and not self.refused_at


def clean_name(typed: str, field: str = "name") -> str:
    """The name of an association or group, 2-120 characters; raises DomainError."""
    name = " ".join(typed.split())
    if len(name) < 2:
        raise DomainError("organisations.error.name_required", field)
    if len(name) > NAME_LENGTH:
        raise DomainError("organisations.error.name_long", field)
    return name
