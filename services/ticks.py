"""What happens because time has passed, rather than because somebody wrote."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.targets import AVERAGED
from services import routines, targets


def tick(session: Session, now: datetime) -> None:
    """Owe what has come round. A daily average can reach a mark by the passing of a day alone."""
    for kind, person_id in routines.owe_due(session, now):
        if kind == "digest":
            targets.after_change(session, person_id, now, AVERAGED)
