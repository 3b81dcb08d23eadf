"""One secret, many keys: hashes for what must be found again, seals for what must be read."""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken

from bruecke.settings import settings


def keyed_hash(purpose: str, text: str) -> str:
    """64 hex characters that tell nothing of `text` without the secret; purposes never mix."""
    message = f"{purpose}\x00{text}".encode()
    return hmac.new(settings().secret_key.encode(), message, hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def seal(text: str) -> str:
    """`text` readable only with the secret: for what waits in the outbox."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """What `seal` was given; None when the secret has changed since."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _box() -> Fernet:
    return _box_of(keyed_hash("seal", ""))


@lru_cache(maxsize=4)
def _box_of(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(bytes.fromhex(key)))
