"""Organisations: public ones for everybody, the rest for their team and their desk."""

from typing import Any

from piccolo.columns import Column
from piccolo.query import OrderByRaw

from bruecke.domain.access import Scope
from bruecke.domain.organisation import Organisation as OrganisationView
from bruecke.store import rows
from bruecke.store.tables import Organisation

_PUBLIC = (Organisation.verified_at > 0) & (Organisation.refused_at == 0)


async def add(organisation: OrganisationView, desk: str | None) -> None:
    """A new organisation, not verified by anybody yet."""
    fields = {name: getattr(organisation, name) for name in organisation.__struct_fields__}
    await Organisation.insert(Organisation(**fields, desk=desk))


async def listed(scope: Scope, limit: int = 60) -> list[OrganisationView]:
    """The verified organisations of a region, by name."""
    found = (
        await Organisation.select(*rows.columns(Organisation, OrganisationView))
        .where((Organisation.region == scope.region) & _PUBLIC)
        .order_by(Organisation.name)
        .limit(limit)
    )
    return rows.structs(found, OrganisationView)


async def get(scope: Scope, organisation: str) -> OrganisationView | None:
    """A verified organisation, or one the asker speaks for."""
    one = Organisation.id == organisation
    own = organisation in scope.organisations
    found = await Organisation.select(*rows.columns(Organisation, OrganisationView)).where(
        one if own else one & _PUBLIC
    )
    return rows.first(found, OrganisationView)


async def of_desk(scope: Scope, waiting: bool, only: str = "") -> list[OrganisationView]:
    """Organisations of the desk's region: those that wait for verification, or the others.

    Who came in by itself stands before what a file brought; `only` asks for one of them.
    """
    decided = (Organisation.verified_at > 0) | (Organisation.refused_at > 0)
    undecided = (Organisation.verified_at == 0) & (Organisation.refused_at == 0)
    wanted = (Organisation.region == scope.region) & (undecided if waiting else decided)
    if only:
        wanted = wanted & (Organisation.id == only)
    found = (
        await Organisation.select(*rows.columns(Organisation, OrganisationView))
        .where(wanted)
        .order_by(
            OrderByRaw("import_batch IS NOT NULL"), Organisation.created_at, Organisation.name
        )
        .limit(60)
    )
    return rows.structs(found, OrganisationView)


async def for_desk(scope: Scope, organisation: str) -> OrganisationView | None:
    """One organisation of the desk's region, verified or not."""
    found = await Organisation.select(*rows.columns(Organisation, OrganisationView)).where(
        (Organisation.id == organisation) & (Organisation.region == scope.region)
    )
    return rows.first(found, OrganisationView)


async def decide(organisation: str, **columns: Any) -> bool:
    """Verifies or refuses one that is still undecided; one caller wins."""
    values: dict[Column | str, Any] = dict(columns.items())
    found = (
        await Organisation.update(values)
        .where(
            (Organisation.id == organisation)
            & (Organisation.verified_at == 0)
            & (Organisation.refused_at == 0)
        )
        .returning(Organisation.id)
    )
    return bool(found)


async def count_waiting(scope: Scope) -> int:
    """How many organisations of the desk's region ask to be let in; imported ones did not ask."""
    return int(
        await Organisation.count().where(
            (Organisation.region == scope.region)
            & (Organisation.verified_at == 0)
            & (Organisation.refused_at == 0)
            & Organisation.import_batch.is_null()
        )
    )


async def lock(organisation: str) -> None:
    """Lets nobody else change this team until the running transaction ends."""
    await Organisation.raw(
        "UPDATE organisation SET refused_at = refused_at WHERE id = {}", organisation
    )
