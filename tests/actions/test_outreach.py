"""Suggestions by push: rarely, several at once, in waking hours, and answered through their link."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from bruecke.actions import answering, outreach
from bruecke.actions.answering import open_link
from bruecke.actions.matches import Yes, end_of_posting
from bruecke.actions.matches.making import suggest
from bruecke.actions.outgoing import read_push
from bruecke.actions.outreach import Fit
from bruecke.clock import DAY, HOUR
from bruecke.delivery.worker import Worker
from bruecke.domain.access import Actor
from bruecke.domain.errors import NotThere
from bruecke.store import people, postings
from bruecke.store.tables import Delivery, Match, Notification, Person
from bruecke.store.transaction import transaction
