"""What associations ask for, when it happens and how many places there are."""

from piccolo.columns import Boolean, Date, Integer, Text, Time, Varchar
from piccolo.table import Table

from bruecke.store.tables.columns import code, id_column, instant, link, mask, owner
from bruecke.store.tables.imports import ImportBatch
from bruecke.store.tables.organisations import Organisation
from bruecke.store.tables.people import Person
from bruecke.store.tables.regions import Desk, Region


class Posting(Table):
    """A need, an opportunity, an event or a request for support."""

    id = id_column()
    region = owner(Region)
    desk = link(Desk, index=True)
    organisation = owner(Organisation)
    contact = link(Person)
    kind = code()
    template = code()
    activity = code()
    skills = mask()
    title = Varchar(length=80, default="")
    text = Text(default="")
    text_language = code(12)
    format = code()
    slots = mask()
    starts_on = Date(null=True, default=None)
    last_date = Date(null=True, default=None)
    starts_time = Time(null=True, default=None)
    ends_time = Time(null=True, default=None)
    area = Varchar(length=80, default="")
    venue = Varchar(length=200, default="")
    postcode = Varchar(length=5, default="")
    radius_km = Integer(default=0)
    language_required = code(12)
    language_level = Integer(default=0)
    german_level = Integer(default=0)
    age_bands = code(40)
    checks = Varchar(length=120, default="")
    home_visit = Boolean(default=False)
    with_children = Boolean(default=False)
    meets_new = Boolean(default=False)
    advance_consent = Boolean(default=False)
    state = code()
    closed_reason = code()
    sent_back = code()
    review_by = Date(null=True, default=None)
    created_at = instant()
    published_at = instant()
    # What a file calls it, and when it was edited there; empty where it was written here.
    import_batch = link(ImportBatch, index=True)
    external_key = Varchar(length=80, default="")
    external_edited_at = instant()
    # An imported task no activity of ours fits: the desk chooses one before it becomes public.
    activity_unsure = Boolean(default=False)


class Shift(Table):
    """One dated occurrence: local date, wall time and zone, so 18:00 stays 18:00."""

    id = id_column()
    posting = owner(Posting)
    held_on = Date(null=True, default=None)
    starts = Time(null=True, default=None)
    ends = Time(null=True, default=None)
    zone = Varchar(length=40, default="Europe/Berlin")
    state = code()


class Opening(Table):
    """Posting × shift × task: the only row "the last place" touches."""

    id = id_column()
    posting = owner(Posting)
    shift = link(Shift, index=True)
    task = Varchar(length=60, default="")
    capacity = Integer(default=1)
    taken = Integer(default=0)


class ImportedPosting(Table):
    """What one import did to one posting; `before` is what stood there, "" where nothing did."""

    id = id_column()
    batch = owner(ImportBatch)
    posting = owner(Posting)
    before = Text(default="")
