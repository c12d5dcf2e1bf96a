"""One line as a manager types it, understood: who, what, when, how much, and what next."""

from domain.quicklog.as_json import as_json
from domain.quicklog.correct import correction
from domain.quicklog.read import read
from domain.quicklog.reading import Correction, Reading

__all__ = ["Correction", "Reading", "as_json", "correction", "read"]
