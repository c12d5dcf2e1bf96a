"""Every conversation, imported once so that it enters itself in the registry."""

import handlers.attachments
import handlers.clients
import handlers.exporting
import handlers.followups
import handlers.importing
import handlers.people
import handlers.targets
import handlers.visits
import handlers.words

__all__ = ["handlers"]
