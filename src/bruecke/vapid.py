"""The key that push services know us by: made once, never replaced by itself."""

import base64
import hashlib
import logging
from functools import cache
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bruecke.settings import Settings, SettingsError, keep_secret, settings

log = logging.getLogger("bruecke.push")
FILE = "vapid.pem"
_LOCAL = ("@localhost", "//localhost")


class Vapid(msgspec.Struct, frozen=True):
    """Our side of every subscription: losing the key ends all of them (RFC 8292)."""

    private: ec.EllipticCurvePrivateKey
    # As browsers want it: the uncompressed point, base64url without padding.
    public: str
    # Kept with each subscription, so that one made for another key is noticed.
    id: str
    contact: str


@cache
def vapid() -> Vapid | None:
    """The key of this installation; None while push is off, with one line that says why."""
    found = settings()
    contact = found.vapid_contact or _own_contact(found)
    if not contact or (contact.rstrip("/").endswith(_LOCAL) and _is_public(found)):
        log.warning("push is off: set BRUECKE_VAPID_CONTACT to an address that reaches you")
        return None
    private = _private(found)
    if private is None:
        log.warning("push is off: no key yet, make one with `bruecke keys`")
        return None
    public = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    name = hashlib.sha256(public).hexdigest()[:16]
    return Vapid(private, base64.urlsafe_b64encode(public).rstrip(b"=").decode(), name, contact)


def make_key(folder: Path) -> bool:
    """Makes the key in `folder`, readable by its owner only; False where one is there already."""
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return keep_secret(folder / FILE, pem.decode())


def _own_contact(found: Settings) -> str:
    # Apple refuses localhost as a contact; on one's own machine nobody but the tests listens.
    return "" if _is_public(found) else f"mailto:{found.mail_from}"


def _is_public(found: Settings) -> bool:
    return found.base_url.startswith("https://")


def _private(found: Settings) -> ec.EllipticCurvePrivateKey | None:
    if found.vapid_private_key:
        return _read(found.vapid_private_key)
    file = found.data_dir / FILE
    return _read(file.read_text()) if file.exists() else None


def _read(text: str) -> ec.EllipticCurvePrivateKey:
    """A PEM file, its middle lines alone, or the 32 bytes of the number itself."""
    lines = [line.strip() for line in text.replace("\\n", "\n").split("\n")]
    plain = "".join(line for line in lines if not line.startswith("-----"))
    try:
        raw = base64.urlsafe_b64decode(
            plain.replace("+", "-").replace("/", "_").rstrip("=")
            + "=" * (-len(plain.rstrip("=")) % 4)
        )
        if len(raw) == 32:
            return ec.derive_private_key(int.from_bytes(raw), ec.SECP256R1())
        key = serialization.load_der_private_key(raw, None)
    except ValueError as problem:
        raise SettingsError("The VAPID key cannot be read (BRUECKE_VAPID_PRIVATE_KEY)") from problem
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise SettingsError("The VAPID key is not of the curve P-256 (BRUECKE_VAPID_PRIVATE_KEY)")
    return key
