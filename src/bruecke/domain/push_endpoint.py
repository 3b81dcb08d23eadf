"""Which addresses we send pushes to: those of browsers' own push services, and no other."""

import re

from bruecke.domain.errors import DomainError

LONGEST = 2_048

# Chromium, Firefox, Safari, Edge; a list that is closed on purpose, or anybody could make this
# server call addresses of its own network. The last one is Google's second name for the first.
EXACT = frozenset({"fcm.googleapis.com", "jmt17.google.com"})
BELOW = (".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
WINDOWS = ".notify.windows.com"

# One strict pattern instead of a parser: what the sender's parser reads differently never passes.
_REST = r"(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]+)(\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?"
_PUBLIC = re.compile(rf"https://((?:[a-z0-9-]{{1,63}}\.)+[a-z]{{2,20}})(?::443)?{_REST}")
_EXTRA = re.compile(rf"(https?)://([a-z0-9.-]+(?::[0-9]{{1,5}})?){_REST}")
_LOOPBACK = frozenset({"localhost", "127.0.0.1"})


def origin_of(endpoint: str, extra: tuple[str, ...] = ()) -> str:
    """Scheme and host of an endpoint we may send to, as push services want to be addressed.

    `extra` names further hosts (`host` or `host:port`) an operator allows; plain http is for those
    on this machine only. Raises DomainError("subscriptions.error.endpoint") for all others.
    Source: RFC 8292, 2 ("aud"); the hosts are those the browsers' makers document.
    """
    if len(endpoint) <= LONGEST:
        found = _PUBLIC.fullmatch(endpoint)
        if found and (found[1] in EXACT or found[1].endswith(BELOW)):
            return f"https://{found[1]}"
        found = _EXTRA.fullmatch(endpoint)
        if found and found[2] in extra:
            scheme, host = found[1], found[2]
            if scheme == "https" or host.partition(":")[0] in _LOOPBACK:
                return f"{scheme}://{host}"
    raise DomainError("subscriptions.error.endpoint", "endpoint")
