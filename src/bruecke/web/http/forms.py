"""A form's body into a Struct: field by field, all errors at once, nothing that was not asked."""

import hashlib
import unicodedata
from typing import Any, ClassVar, Generic, TypeVar, get_args, get_origin

import msgspec
from litestar import Request
from litestar.exceptions import ClientException
from markupsafe import Markup

from bruecke.domain.errors import DomainError
from bruecke.language import catalog

MAX_FIELDS = 120


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """What every form may carry besides its own fields."""

    # Which text to show when a field does not convert; else `error.invalid`.
    ERRORS: ClassVar[dict[str, str]] = {}

    csrf: str = ""
    idempotency_key: str = ""


F = TypeVar("F", bound=Form)


class FieldError(msgspec.Struct, frozen=True):
    """One message beside one field and in the summary on top."""

    field: str
    key: str

    @property
    def message(self) -> Markup:
        """The words, in the reader's language."""
        return catalog.html(self.key)


class Filled(msgspec.Struct, Generic[F]):
    """A form as it came: its value if it is sound, what was typed, what is wrong."""

    value: F | None
    typed: dict[str, list[str]]
    errors: list[FieldError]

    def error(self, field: str) -> FieldError | None:
        """The first error of `field`."""
        return next((error for error in self.errors if error.field == field), None)

    def text(self, field: str, default: str = "") -> str:
        """What was typed into `field`."""
        return self.typed.get(field, [default])[0]

    def has(self, field: str, choice: str) -> bool:
        """Whether `choice` was ticked."""
        return choice in self.typed.get(field, [])

    def refuse(self, problem: DomainError) -> None:
        """Adds what a rule said, beside the field it belongs to."""
        self.errors.append(FieldError(problem.field, problem.key))

    @property
    def body_hash(self) -> str:
        """What was sent, without the token of the login: for idempotency."""
        told = sorted((k, v) for k, v in self.typed.items() if k not in ("csrf", "idempotency_key"))
        return hashlib.sha256(repr(told).encode()).hexdigest()


def empty(kind: type[F], **given: str | list[str]) -> Filled[F]:
    """A form before anybody typed, with what is already known."""
    typed = {name: [value] if isinstance(value, str) else value for name, value in given.items()}
    return Filled(None, typed, [])


async def read(request: Request[Any, Any, Any], kind: type[F]) -> Filled[F]:
    """The body as `kind`. Unknown fields are refused outright: no page of ours sends them."""
    sent = await request.form()
    typed: dict[str, list[str]] = {}
    for name, value in sent.multi_items():
        if not isinstance(value, str) or len(typed) > MAX_FIELDS:
            raise ClientException
        typed.setdefault(name, []).append(_normal(value))
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    if typed.keys() - fields.keys():
        raise ClientException
    values: dict[str, Any] = {}
    errors: list[FieldError] = []
    for name, field in fields.items():
        said = typed.get(name, [])
        if any(_has_control(text) for text in said):
            errors.append(FieldError(name, "error.characters"))
            continue
        raw = _shape(field.type, said)
        if raw is None:
            if field.required:
                errors.append(FieldError(name, kind.ERRORS.get(name, "error.required")))
            continue
        try:
            values[name] = msgspec.convert(raw, field.type, strict=False)
        except msgspec.ValidationError:
            errors.append(FieldError(name, kind.ERRORS.get(name, "error.invalid")))
    return Filled(None if errors else kind(**values), typed, errors)


def _shape(kind: Any, said: list[str]) -> Any:
    """A browser's words in the shape of the type: a tick is true, empty is absent."""
    base = get_args(kind)[0] if hasattr(kind, "__metadata__") else kind
    if get_origin(base) in (list, tuple):
        return [text for text in said if text] or None
    if base is bool:
        return bool(said and said[0] not in ("", "0", "false"))
    return said[0] if said and said[0] else None


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()


def _has_control(text: str) -> bool:
    return any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in text)
