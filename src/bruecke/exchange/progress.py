"""A progress bar for whoever waits at a terminal, on stderr so that the lines stay clean."""

from typing import TextIO

_WIDTH = 32


class Progress:
    """Counts up to `total`; silent where nobody looks at a terminal."""

    def __init__(self, stream: TextIO, what: str, total: int) -> None:
        self._stream, self._what, self._total = stream, what, max(1, total)
        self._done, self._drawn = 0, -1
        self._shown = stream.isatty()

    def tick(self, more: int = 1) -> None:
        """`more` of it is done; drawn anew only when the bar gets longer."""
        self._done = min(self._total, self._done + more)
        length = self._done * _WIDTH // self._total
        if self._shown and length != self._drawn:
            self._drawn = length
            bar = "#" * length + "." * (_WIDTH - length)
            self._stream.write(f"\r{self._what} [{bar}] {self._done}/{self._total}")
            self._stream.flush()

    def end(self) -> None:
        """Leaves the line to what is written next."""
        if self._shown and self._drawn >= 0:
            self._stream.write("\r\033[K")
            self._stream.flush()
