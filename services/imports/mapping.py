"""Which column holds which field: by header first, then by part of a header, then by values."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.problems import Problem
from services.imports import headers, samples
from services.imports.vocabulary import KINDS, TIERS

# Fields that several columns may fill together, in the order of the columns.
JOINED = frozenset({"address", "remark", "alias"})
_VALIDATED: dict[str, Collection[str]] = {"kind": KINDS, "tier": TIERS}


@dataclass(frozen=True, slots=True)
class Mapping:
    """``labels`` names every column, ``sources`` the columns of a field, best first.

    ``persons``: the rows are people, as far as the columns tell. ``named_by_code``: the file has
    no names, so that a client is called by its number ("Client 18").
    """

    labels: tuple[str, ...]
    sources: dict[str, tuple[int, ...]]
    persons: bool = False
    named_by_code: bool = False

    @property
    def fields(self) -> dict[str, str]:
        """Column → field, in the order of the columns; columns that are not used are left out."""
        field_at = {at: field for field, places in self.sources.items() for at in places}
        return {self.labels[at]: field_at[at] for at in sorted(field_at)}

    @property
    def unused(self) -> tuple[str, ...]:
        """Columns that nothing is taken from."""
        used = {at for places in self.sources.values() for at in places}
        return tuple(label for at, label in enumerate(self.labels) if at not in used)


def map_columns(
    labels: Sequence[str], sample: Sequence[Sequence[str]], has_header: bool
) -> Mapping:
    """Read the columns. Raises ``Problem('import_no_names')`` when no column names the clients."""
    names = _unique(labels)
    columns = [[row[at] if at < len(row) else "" for row in sample] for at in range(len(names))]
    sources = _by_header(labels, columns) if has_header else {}
    _by_values(columns, sources, has_header)
    keys = {headers.key_of(label) for label in labels} if has_header else set()
    _company_before_person(labels, sources)
    persons = bool(keys & headers.PERSON_HEADERS) or "last_name" in sources
    if keys & headers.COMPANY_HEADERS:
        persons = False
    by_code = not ({"name", "first_name", "last_name"} & set(sources)) and "code" in sources
    if not ({"name", "first_name", "last_name", "code"} & set(sources)):
        raise Problem("import_no_names")
    return Mapping(names, {f: tuple(p) for f, p in sources.items()}, persons, by_code)


def _unique(labels: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    unique = []
    for at, label in enumerate(labels):
        name = " ".join(label.split()) or letter(at)
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(unique)


def letter(at: int) -> str:
    """A column as a spreadsheet names it: 0 is A, 26 is AA."""
    name = ""
    at += 1
    while at:
        at, digit = divmod(at - 1, 26)
        name = chr(65 + digit) + name
    return name


def _by_header(labels: Sequence[str], columns: list[list[str]]) -> dict[str, list[int]]:
    claims = [
        (rank, at, field)
        for at, label in enumerate(labels)
        for field, rank in headers.exact(label)
        if _believable(field, columns[at])
    ]
    sources: dict[str, list[int]] = {}
    taken: set[int] = set()
    for _, at, field in sorted(claims, key=_claim_order):
        free = field not in sources or field in JOINED or field == "phone"
        if at not in taken and free:
            sources.setdefault(field, []).append(at)
            taken.add(at)
    for field in JOINED & sources.keys():
        sources[field].sort()
    _by_part(labels, sources, taken)
    return sources


def _claim_order(claim: tuple[int, int, str]) -> tuple[bool, int, int]:
    rank, at, field = claim
    return (field == "alias", rank, at)


def _by_part(labels: Sequence[str], sources: dict[str, list[int]], taken: set[int]) -> None:
    for at, label in enumerate(labels):
        if at in taken or headers.exact(label):
            continue
        field = headers.partial(label)
        if field is not None and field not in sources:
            sources[field] = [at]
            taken.add(at)


def _believable(field: str, values: list[str]) -> bool:
    """A column headed "type" is the kind of client only if its values are kinds."""
    words = _VALIDATED.get(field)
    if words is None:
        return True
    filled = [value.strip().lower() for value in values if value.strip()]
    known = sum(value in words for value in filled)
    return known >= samples.ENOUGH * len(filled)


def _by_values(columns: list[list[str]], sources: dict[str, list[int]], has_header: bool) -> None:
    taken = {at for places in sources.values() for at in places}
    for at, values in enumerate(columns):
        field = samples.field_of(values) if at not in taken else None
        if field is not None and field not in sources:
            sources[field] = [at]
            taken.add(at)
    if {"name", "first_name", "last_name"} & set(sources) or (has_header and "code" in sources):
        return
    for at, values in enumerate(columns):
        if at not in taken and samples.could_be_names(values):
            sources["name"] = [at]
            return


def _company_before_person(labels: Sequence[str], sources: dict[str, list[int]]) -> None:
    """公司 beside 姓名: the client is the company, and the person is whom one meets there."""
    named = sources.get("name", [])
    if len(named) != 1 or "contact_name" in sources:
        return
    taken = {at for places in sources.values() for at in places}
    keys = [headers.key_of(label) for label in labels]
    if keys[named[0]] in headers.COMPANY_HEADERS:
        others = headers.PERSON_NAME_HEADERS
    elif keys[named[0]] in headers.PERSON_NAME_HEADERS:
        others = headers.COMPANY_HEADERS
    else:
        return
    found = [at for at, key in enumerate(keys) if key in others and at not in taken]
    if not found:
        return
    company_first = keys[named[0]] in headers.COMPANY_HEADERS
    sources["name"] = [named[0] if company_first else found[0]]
    sources["contact_name"] = [found[0] if company_first else named[0]]
