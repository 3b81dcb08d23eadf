"""A real server in a process of its own, as an operator would start it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PATIENCE = 30
COMMAND = [sys.executable, "-m", "bruecke"]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """`bruecke run` with settings of its own; ended by its own process group."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.base = f"http://localhost:{self.port}"
        self.log = folder / "server.log"
        ours = {name: value for name, value in os.environ.items() if name[:8] != "BRUECKE_"}
        self.environment = {
            **ours,
            "BRUECKE_DATA_DIR": str(folder / "data"),
            "BRUECKE_BASE_URL": self.base,
            "BRUECKE_MAIL_URL": f"file:{folder / 'mails'}",
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def command(self, *words: str) -> None:
        """Runs another command with the same settings."""
        with self.log.open("ab") as log:
            subprocess.run(
                [*COMMAND, *words],
                env=self.environment,
                stdout=log,
                stderr=log,
                check=True,
                timeout=120,
            )

    def start(self) -> None:
        """Starts it and waits until it says that it is ready."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*COMMAND, "run", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"not ready:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.1)

    @property
    def process_group(self) -> int:
        """The id of the running server's process group."""
        if self._process is None:
            raise RuntimeError("not started")
        return self._process.pid

    def kill(self) -> None:
        """kill -9 of the whole group: nothing gets a chance to say goodbye."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def stop(self) -> None:
        """SIGTERM, and kill -9 for what is still there after 15 seconds."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.base}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False
