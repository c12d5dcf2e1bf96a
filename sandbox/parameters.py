"""The parameters of one request, whichever way they were sent."""

import json
from dataclasses import dataclass, field
from typing import Any

from sandbox.refusal import bad_request


@dataclass(frozen=True)
class Upload:
    """A file part of a multipart request."""

    name: str
    content: bytes
    mime_type: str


@dataclass
class Parameters:
    """Values by name; strings from forms, any JSON value from a JSON body."""

    values: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether the parameter was sent and is not empty."""
        return self.values.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        """As a string."""
        value = self.values.get(name)
        return default if value is None else value if isinstance(value, str) else json.dumps(value)

    def required(self, name: str) -> str:
        """As a string that must be there."""
        text = self.text(name)
        if not text:
            raise bad_request(f'Parameter "{name}" is required')
        return text

    def integer(self, name: str, default: int = 0) -> int:
        """As an integer; raises Refusal when it is not one."""
        text = self.text(name).strip()
        if not text:
            return default
        try:
            return int(text)
        except ValueError as error:
            raise bad_request(f'parameter "{name}" must be an Integer (sandbox)') from error

    def number(self, name: str) -> float:
        """As a number that must be there."""
        text = self.text(name).strip()
        if not text:
            raise bad_request(f"{name} is empty")
        try:
            return float(text)
        except ValueError as error:
            raise bad_request(f"{name} must be a Number (sandbox)") from error

    def flag(self, name: str) -> bool:
        """As a boolean: true, yes and 1, in any case, are true."""
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def parsed(self, name: str) -> Any:
        """As JSON; None when it is not there; raises Refusal."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name} JSON object") from error

    def array(self, name: str) -> list[Any] | None:
        """As a JSON array; None when it is not there; raises Refusal."""
        value = self.parsed(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"Expected an Array as {name}")
        return value

    def object(self, name: str) -> dict[str, Any] | None:
        """As a JSON object; None when it is not there; raises Refusal."""
        value = self.parsed(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"Object expected as {name.replace('_', ' ')}")
        return value
