"""A closed list of push services: whatever is not surely theirs is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bruecke.domain.errors import DomainError
from bruecke.domain.push_endpoint import BELOW, EXACT, LONGEST, origin_of

PATH = "/wpush/v2/gAAAA-bc_d"
HOSTS = [*sorted(EXACT), *(f"updates{below}" for below in BELOW)]


@pytest.mark.parametrize("host", HOSTS)
def test_the_push_services_of_browsers_are_known(host: str) -> None:
    assert origin_of(f"https://{host}{PATH}") == f"https://{host}"
    assert origin_of(f"https://{host}:443{PATH}") == f"https://{host}"


def test_an_address_with_a_query_is_one_of_windows() -> None:
    address = "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAC%2fa%3d"
    assert origin_of(address) == "https://wns2-par02p.notify.windows.com"


HOSTILE = [
    "",
    "fcm.googleapis.com/x",
    "//fcm.googleapis.com/x",
    "http://fcm.googleapis.com/x",
    "ftp://fcm.googleapis.com/x",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https://fcm.googleapis.com",
    "https://fcm.googleapis.com?x",
    "https://fcm.googleapis.com:80/x",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com:/x",
    "https://fcm.googleapis.com:443@example.org/x",
    "https://user@fcm.googleapis.com/x",
    "https://user:pass@fcm.googleapis.com/x",
    "https://fcm.googleapis.com@127.0.0.1/x",
    "https://127.0.0.1/x",
    "https://127.1/x",
    "https://2130706433/x",
    "https://0x7f000001/x",
    "https://017700000001/x",
    "https://[::1]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://[fe80::1%25eth0]/x",
    "https://0.0.0.0/x",
    "https://10.0.0.1/x",
    "https://169.254.169.254/latest/meta-data/",
    "https://metadata.google.internal/x",
    "https://localhost/x",
    "http://localhost:8000/x",
    "https://localhost.localdomain/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evil-fcm.googleapis.com/x",
    "https://evil.fcm.googleapis.com/x",
    "https://evilpush.apple.com/x",
    "https://push.apple.com/x",
    "https://web-push.apple.com/x",
    "https://push.services.mozilla.com/x",
    "https://evilpush.services.mozilla.com/x",
    "https://notify.windows.com/x",
    "https://evilnotify.windows.com/x",
    "https://.notify.windows.com/x",
    "https://a..notify.windows.com/x",
    "https://fcm.googleapis.com./x",
    "https://FCM.googleapis.com/x",
    "https://fcm.googleapis.com\\@evil.example/x",
    "https://fcm.googleapis.com\\.evil.example/x",
    "https://evil.example\\.push.apple.com/x",
    "https://evil.example#.push.apple.com/x",
    "https://evil.example?.push.apple.com/x",
    "https://evil.example/.push.apple.com/x",
    "https://fcm.googleapis.com/x#y",
    "https://fcm.googleapis.com/x y",
    "https://fcm.googleapis.com/x\r\nHost: evil.example",
    "https://fcm.googleapis.com/x\n",
    " https://fcm.googleapis.com/x",
    "https://fcm.googleapis.com\t/x",
    "https://fcm.googleapis.com\x00/x",
    "https://fcm。googleapis。com/x",
    "https://fcm.googleapis.com\u2025/x",
    "https://xn--fcm-googleapis-com.example/x",
    "https://web.push.apple.com%2eevil.example/x",
    "https:///fcm.googleapis.com/x",
    "https:/fcm.googleapis.com/x",
    "https:fcm.googleapis.com/x",
    "https://fcm.googleapis.com/" + "x" * LONGEST,
]


@pytest.mark.parametrize("address", HOSTILE)
def test_no_other_address_is_ever_called(address: str) -> None:
    with pytest.raises(DomainError, match=r"^subscriptions\.error\.endpoint$"):
        origin_of(address)


def test_an_operator_allows_further_hosts_and_plain_http_only_on_this_machine() -> None:
    extra = ("localhost:4567", "push.example.org", "10.0.0.7:80")
    assert origin_of("http://localhost:4567/push/x", extra) == "http://localhost:4567"
    assert origin_of("https://push.example.org/x", extra) == "https://push.example.org"
    for address in (
        "http://push.example.org/x",
        "http://10.0.0.7:80/x",
        "http://localhost:4568/x",
        "http://localhost/x",
        "https://a.push.example.org/x",
        "http://localhost:4567@push.example.org/x",
    ):
        with pytest.raises(DomainError):
            origin_of(address, extra)


labels = st.text("abcdefghijklmnopqrstuvwxyz0123456789-.@:/\\#?%[]_ ", min_size=1, max_size=12)


@given(host=st.sampled_from(HOSTS), before=labels, after=labels)
def test_nothing_hung_onto_a_known_host_leads_elsewhere(host: str, before: str, after: str) -> None:
    """Whatever passes names a known host between the slashes and the first slash after them."""
    for address in (
        f"https://{before}{host}{PATH}",
        f"https://{host}{after}{PATH}",
        f"https://{before}{host}{after}{PATH}",
    ):
        try:
            origin = origin_of(address)
        except DomainError:
            continue
        name = address.split("/")[2].removesuffix(":443")
        assert origin == f"https://{name}"
        assert name in EXACT or name.endswith(BELOW)


@given(st.text(max_size=80))
def test_any_text_is_an_address_of_ours_or_refused(text: str) -> None:
    with pytest.raises(DomainError):
        origin_of(f"https://{text}.example/x")
