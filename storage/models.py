"""Every table in one place, for migrations and for tests that compare them with the database."""

from sqlalchemy import MetaData

import storage.clients
import storage.contacts
import storage.followups
import storage.inbox
import storage.outbox
import storage.people
import storage.targets
from storage.base import Base

metadata: MetaData = Base.metadata

__all__ = ["metadata", "storage"]
