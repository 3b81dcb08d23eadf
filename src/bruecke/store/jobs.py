"""Jobs of a region's day: whichever worker comes first claims one, and no other runs it."""

from datetime import date

from bruecke.store.tables import JobRun


async def claim(job: str, region: str, day: date, now: int) -> bool:
    """Whether the caller is to run `job` for a region on a local `day`; one caller is."""
    return bool(
        await JobRun.raw(
            "INSERT INTO job_run (id, ran_at) VALUES ({}, {})"
            " ON CONFLICT (id) DO NOTHING RETURNING id",
            f"{job}:{region}:{day}",
            now,
        )
    )


async def sweep(before: int) -> None:
    """Forgets runs older than `before` (UTC seconds)."""
    await JobRun.delete().where(JobRun.ran_at < before)
