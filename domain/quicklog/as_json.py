"""The shape in which `rounds parse --json` prints a reading; its keys are a public contract."""

from datetime import datetime

from domain.quicklog.reading import Event, Moment, Reading


def as_json(reading: Reading) -> dict[str, object]:
    """Give the promised keys; dates and local datetimes in ISO 8601, amounts as plain numbers."""
    return {
        "kind": reading.kind,
        "clients": [client.name or client.text for client in reading.clients],
        "when": iso(reading.when),
        "follow_up": iso(reading.follow_up),
        "dates": [
            {"text": found.text, "value": iso(found.value), "role": found.role}
            for found in reading.dates
        ],
        "amounts": [
            {"text": found.text, "value": found.value, "currency": found.currency}
            for found in reading.amounts
        ],
        "rates": [
            {"text": found.text, "value": found.value, "unit": found.unit}
            for found in reading.rates
        ],
        "needs": [need.text for need in reading.needs],
        "note": reading.note,
        "events": [_event(event) for event in reading.events],
        "intent": reading.intent,
        "outcome": reading.outcome,
        "people": [person.text for person in reading.people],
        "alternatives": {"follow_up": [iso(other) for other in reading.alternatives]},
    }


def iso(moment: Moment | None) -> str | None:
    """Write a local moment; seconds only where there are any."""
    if moment is None:
        return None
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="seconds" if moment.second else "minutes")
    return moment.isoformat()


def _event(event: Event) -> dict[str, object]:
    return {
        "client": event.client.text if event.client else None,
        "kind": event.kind,
        "when": iso(event.when),
        "follow_up": iso(event.follow_up),
        "outcome": event.outcome,
        "people": list(event.people),
        "note": event.note,
    }
