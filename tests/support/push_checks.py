"""What a strict push service looks at before it takes a message (RFC 8030, 8188, 8292)."""

import base64
from collections.abc import Mapping
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from bruecke.clock import DAY, now

MOST_BYTES = 4_096

Claims = dict[str, Any]


def encoded(raw: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The reverse of `encoded`."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def fault_in(
    headers: Mapping[str, str], size: int, origin: str, key: bytes | None
) -> tuple[str, Claims]:
    """The first fault, status first, or ""; and the claims. `key` is the one subscribed to."""
    wrong = {
        "400 no TTL": not headers.get("ttl", "").isdigit(),
        "400 encoding": headers.get("content-encoding") != "aes128gcm",
        "400 content type": headers.get("content-type") != "application/octet-stream",
        "413 too large": size > MOST_BYTES,
    }
    for fault, there in wrong.items():
        if there:
            return fault, {}
    try:
        claims, known = _vapid(headers.get("authorization", ""))
    except (ValueError, KeyError, InvalidSignature) as problem:
        return f"401 {type(problem).__name__}", {}
    wrong = {
        "403 another key": key is not None and known != key,
        f"401 aud {claims.get('aud')}": claims.get("aud") != origin,
        "401 exp": not now() < claims.get("exp", 0) <= now() + DAY,
        "401 sub": not str(claims.get("sub", "")).startswith(("mailto:", "https://")),
    }
    return next((fault for fault, there in wrong.items() if there), ""), claims


def _vapid(header: str) -> tuple[Claims, bytes]:
    """Claims and key of an Authorization header whose signature holds."""
    scheme, _, rest = header.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    if scheme.lower() != "vapid":
        raise ValueError(scheme)
    key, (signed, _, proof) = decoded(parts["k"]), parts["t"].rpartition(".")
    raw = decoded(proof)
    signature = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    public.verify(signature, signed.encode(), ec.ECDSA(hashes.SHA256()))
    return msgspec.json.decode(decoded(signed.split(".")[1])), key
