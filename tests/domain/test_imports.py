"""What an import may write: never what somebody here decided on, never for who was refused."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bruecke.domain.imports import (
    TAKEN,
    Host,
    Kept,
    Offered,
    Report,
    Result,
    is_untouched,
    outcome,
    state_of,
)

STATES = ["draft", "review", "open", "paused", "filled", "closed"]
OFFERED = Offered(
    row=1, key="freinet:1", edited_at=10, organisation_key="freinet:roj", organisation="Roj",
    purpose="", stage="registered", contactable=True, title="Kochen", text="", activity="cooking",
    fits=True, format="flexible", slots=0, area="", venue="", postcode="", places=1,
    with_children=False, home_visit=False,
)  # fmt: skip
SAYS: dict[str, object] = {"title": "Kochen"}

kept_ones = st.builds(
    Kept,
    id=st.just("1"),
    key=st.just("freinet:1"),
    organisation=st.just("roj"),
    state=st.sampled_from(STATES),
    published_at=st.sampled_from([0, 5]),
    edited_at=st.sampled_from([9, 10, 11]),
    touched=st.booleans(),
    batch=st.just("batch"),
    says=st.sampled_from([SAYS, {"title": "Backen"}]),
)
hosts = st.none() | st.builds(
    Host, id=st.just("roj"), key=st.just(""), name=st.just("Roj"), refused=st.booleans()
)


@given(kept_ones, hosts, st.booleans())
def test_only_what_nobody_decided_on_is_ever_written(
    kept: Kept, host: Host | None, contactable: bool
) -> None:
    offered = msgspec.structs.replace(OFFERED, contactable=contactable)
    said = outcome(offered, SAYS, kept, host)
    assert said != "new"
    if said == "updated":
        assert is_untouched(kept) and kept.edited_at <= offered.edited_at
        assert not (host and host.refused)
    if host and host.refused:
        assert said == "refused"
    if said == "unchanged":
        assert kept.says == SAYS


@given(hosts)
def test_what_is_not_here_is_new_unless_its_organisation_was_refused(host: Host | None) -> None:
    assert outcome(OFFERED, SAYS, None, host) == ("refused" if host and host.refused else "new")


@given(st.lists(st.tuples(st.sampled_from([*TAKEN, "older", "decided", "refused", "unreadable"]),
                          st.booleans())))  # fmt: skip
def test_the_figures_of_a_report_add_up_to_all_rows(told: list[tuple[str, bool]]) -> None:
    results = tuple(
        Result(row=n, key="", outcome=one, losses=("lost",) if lossy else ())  # type: ignore[arg-type]
        for n, (one, lossy) in enumerate(told)
    )
    report = Report(results=results)
    assert report.clean + report.with_loss + report.not_taken == len(told)


def test_who_may_not_be_contacted_stays_a_draft() -> None:
    assert state_of(OFFERED) == "review"
    assert state_of(msgspec.structs.replace(OFFERED, contactable=False)) == "draft"


def test_a_row_that_somebody_decided_on_meanwhile_is_not_counted_as_taken() -> None:
    results = tuple(Result(row=n, key=f"freinet:{n}", outcome="updated") for n in (1, 2))
    report = Report(results=results).written_as("batch", {"freinet:2"})
    assert [one.outcome for one in report.results] == ["updated", "decided"]
    assert (report.batch, report.clean, report.not_taken) == ("batch", 1, 1)
