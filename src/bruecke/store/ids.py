"""Random names for rows and secrets for links."""

import secrets


def new_id() -> str:
    """128 random bits as 22 characters that are safe in an address."""
    return secrets.token_urlsafe(16)


def token() -> str:
    """256 random bits for links and cookies; only its hash is ever stored."""
    return secrets.token_urlsafe(32)
