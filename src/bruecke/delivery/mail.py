"""Sends a mail: to the console, into a folder as .eml, or by SMTP."""

import sys
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

import aiosmtplib

from bruecke.settings import settings

# Seconds for one command; the worker bounds the whole.
TIMEOUT = 10


def compose(to: str, subject: str, text: str, name: str, now: int) -> EmailMessage:
    """A plain-text mail. Header injection is refused by the library itself.

    `name` makes its Message-ID: a mail that leaves twice can be recognised as one.
    """
    mail = EmailMessage()
    mail["From"] = settings().mail_from
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(datetime.fromtimestamp(now, UTC))
    domain = parseaddr(settings().mail_from)[1].rpartition("@")[2]
    mail["Message-ID"] = f"<{name}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    return mail


async def send(mail: EmailMessage, name: str) -> None:
    """Hands the mail over; `name` keeps a repeat in a folder from making a second file."""
    target = settings().mail_url
    if target.startswith("file:"):
        folder = Path(target.removeprefix("file:"))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.eml").write_bytes(mail.as_bytes())
    elif target.startswith(("smtp://", "smtps://")):
        await _smtp(mail, target)
    else:
        sys.stdout.write(f"\n--- mail\n{mail['Subject']}\n\n{mail.get_content()}---\n")
        sys.stdout.flush()


async def _smtp(mail: EmailMessage, target: str) -> None:
    server = urlsplit(target)
    await aiosmtplib.send(
        mail,
        hostname=server.hostname,
        port=server.port or (465 if server.scheme == "smtps" else 587),
        username=unquote(server.username) if server.username else None,
        password=unquote(server.password) if server.password else None,
        use_tls=server.scheme == "smtps",
        timeout=TIMEOUT,
    )
