"""The key push services know us by: made once, private, and push is off where it cannot work."""

import base64
import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from bruecke import cli
from bruecke.settings import SettingsError, settings
from bruecke.vapid import FILE, make_key, vapid


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of its own."""
    monkeypatch.setenv("BRUECKE_DATA_DIR", str(tmp_path / "data"))
    forget()
    yield tmp_path / "data"
    forget()


def forget() -> None:
    """As in a new process."""
    settings.cache_clear()
    vapid.cache_clear()


def test_the_key_is_made_once_and_only_its_owner_reads_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["keys"])
    file = folder / FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    kept = file.read_text()
    with pytest.raises(SystemExit, match="is there already"):
        cli.main(["keys"])
    assert file.read_text() == kept
    assert "PRIVATE" not in capsys.readouterr().out
    found = vapid()
    assert found and len(base64.urlsafe_b64decode(found.public + "=")) == 65


def test_the_same_key_by_setting_is_the_same_key(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_key(folder)
    found = vapid()
    assert found
    pem = (folder / FILE).read_text()
    number = found.private.private_numbers().private_value.to_bytes(32)
    der = found.private.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / FILE).unlink()
    for said in (
        pem,
        pem.replace("\n", "\\n"),
        "".join(pem.splitlines()[1:-1]),
        base64.b64encode(der).decode(),
        base64.urlsafe_b64encode(number).rstrip(b"=").decode(),
    ):
        monkeypatch.setenv("BRUECKE_VAPID_PRIVATE_KEY", said)
        forget()
        again = vapid()
        assert again and again.public == found.public


@pytest.mark.parametrize("said", ["nonsense", "ä" * 43, "A" * 200])
def test_a_key_that_cannot_be_read_stops_the_start(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRUECKE_VAPID_PRIVATE_KEY", said)
    forget()
    with pytest.raises(SettingsError, match="VAPID"):
        vapid()


def test_a_missing_key_is_never_made_in_passing(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert vapid() is None
    assert not (folder / FILE).exists()
    assert "bruecke keys" in caplog.text


@pytest.mark.parametrize("contact", ["", "mailto:root@localhost", "https://localhost/"])
def test_over_https_push_is_off_until_somebody_can_be_reached(
    folder: Path, contact: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    make_key(folder)
    monkeypatch.setenv("BRUECKE_BASE_URL", "https://bruecke.example.org")
    monkeypatch.setenv("BRUECKE_VAPID_CONTACT", contact)
    forget()
    assert vapid() is None
    assert vapid() is None
    assert caplog.text.count("push is off") == 1
    monkeypatch.setenv("BRUECKE_VAPID_CONTACT", "mailto:desk@example.org")
    forget()
    found = vapid()
    assert found and found.contact == "mailto:desk@example.org"


def test_a_contact_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRUECKE_VAPID_CONTACT", "desk@example.org")
    forget()
    with pytest.raises(SettingsError, match="VAPID_CONTACT"):
        settings()
