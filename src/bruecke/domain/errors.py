"""Why something cannot be done, as keys that are put into words at the edge."""


class DomainError(Exception):
    """A rule says no: `key` of the text, `field` of the form it belongs to ("" for none)."""

    def __init__(self, key: str, field: str = "") -> None:
        super().__init__(key)
        self.key = key
        self.field = field


class NotThere(Exception):
    """It does not exist, or not for this reader: the two look alike."""


class TooOften(Exception):
    """A limit was reached; `wait` seconds later it works again."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


class SentDifferently(Exception):
    """The same form key came with another body."""


class MatchMoved(Exception):
    """Somebody else moved this match meanwhile; `state` is where it stands now."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state
