"""Reads the `#+` header of a saved query: what it finds, what it asks for, what its columns mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import yaml

from kg.queries.values import TYPES
from kg.stores.query_text import QueryError, slots

__all__ = ["VIEWS", "Header", "Parameter", "read_header"]

VIEWS = ("table", "map", "timeline", "graph")
LINE = re.compile(r"^#\+ ?(.*)$")
NAME = re.compile(r"[a-z][a-z0-9_]*")
FIELDS = ("summary", "description", "theme", "params", "columns", "view", "example")
PARAMETER_FIELDS = ("name", "type", "required", "many", "default", "help")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value that a query takes: its type is one of TYPES; `many` may be given several times."""

    name: str
    type: str
    help: str = ""
    required: bool = False
    many: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a saved query says of itself; `columns` maps each column to its meaning."""

    summary: str
    description: str = ""
    theme: str = "Other"
    parameters: tuple[Parameter, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    view: str = "table"
    example: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_header(text: str) -> Header:
    """Return the header of a query's text.

    Raises QueryError with line and cause where the header is no YAML, lacks a summary, has an unknown field or type,
    or where its parameters and the slots of the query are not the same.
    """
    lines = [(number, match[1]) for number, line in enumerate(text.splitlines(), 1) if (match := LINE.match(line))]
    if not lines:
        raise QueryError("line 1: no header; begin the file with a line such as `#+ summary: what it finds`")
    fields = _Fields(lines)
    parameters = tuple(_parameter(fields, number) for number in range(len(fields.sequence("params"))))
    view = fields.text("view") or "table"
    if view not in VIEWS:
        raise fields.fault("view", f"view {view!r} is none of {', '.join(VIEWS)}")
    columns = {name: str(meaning) for name, meaning in fields.mapping("columns").items()}
    example = dict(_examples(fields, parameters))
    _check_slots(fields, parameters, {slot.name for slot in slots(text)})
    return Header(
        summary=fields.text("summary"),
        description=fields.text("description"),
        theme=fields.text("theme") or "Other",
        parameters=parameters,
        columns=MappingProxyType(columns),
        view=view,
        example=MappingProxyType(example),
    )


class _Fields:
    """The fields of a header with the lines of the file that they stand on."""

    def __init__(self, lines: list[tuple[int, str]]) -> None:
        self._numbers = [number for number, _ in lines]
        source = "\n".join(content for _, content in lines)
        try:
            node = yaml.compose(source, Loader=yaml.SafeLoader)
            values = yaml.safe_load(source)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = self._number(mark.line if mark else 0)
            cause = getattr(error, "problem", None) or "it has a character that YAML forbids"
            raise QueryError(f"line {line}: the header is no YAML: {cause}") from error
        if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
            raise QueryError(f"line {self._numbers[0]}: the header is no list of `field: value`")
        self._values: dict[str, object] = values
        self._nodes = {key.value: (key, value) for key, value in node.value}
        for name in values:
            if name not in FIELDS:
                raise self.fault(name, f"unknown field {name!r}: the fields are {', '.join(FIELDS)}")
        if not self.text("summary"):
            raise QueryError(f"line {self._numbers[0]}: the header has no summary")

    def fault(self, field: str, cause: str, item: int | None = None) -> QueryError:
        """Return the error for a field, or for one item of it."""
        if field not in self._nodes:
            return QueryError(f"line {self._numbers[0]}: {cause}")
        key, value = self._nodes[field]
        line = key.start_mark.line if item is None else value.value[item].start_mark.line
        return QueryError(f"line {self._number(line)}: {cause}")

    def text(self, field: str) -> str:
        """Return a field as text, '' where it is absent."""
        return str(self._values.get(field) or "").strip()

    def sequence(self, field: str) -> list[object]:
        """Return a field that is to be a list."""
        value = self._values.get(field) or []
        if not isinstance(value, list):
            raise self.fault(field, f"{field} is no list: write each item on a line that begins with `- `")
        return value

    def mapping(self, field: str) -> dict[str, object]:
        """Return a field that is to be a mapping."""
        value = self._values.get(field) or {}
        if not isinstance(value, dict):
            raise self.fault(field, f"{field} is no mapping: write each item as `name: value`")
        return value

    def _number(self, line: int) -> int:
        return self._numbers[min(line, len(self._numbers) - 1)]


def _parameter(fields: _Fields, number: int) -> Parameter:
    item = fields.sequence("params")[number]
    if not isinstance(item, dict):
        raise fields.fault("params", "a parameter is written as {name: actor, type: actor}", number)
    unknown = [field for field in item if field not in PARAMETER_FIELDS]
    name, type_ = str(item.get("name", "")), str(item.get("type", ""))
    default = item.get("default")
    causes = (
        (unknown, f"unknown field {unknown[:1]} of a parameter: the fields are {', '.join(PARAMETER_FIELDS)}"),
        (not NAME.fullmatch(name), f"parameter name {name!r} is no lower-case word"),
        (type_ not in TYPES, f"parameter {name}: type {type_!r} is none of {', '.join(TYPES)}"),
        (item.get("required") and default is not None, f"parameter {name} is required and has a default: drop one"),
    )
    for wrong, cause in causes:
        if wrong:
            raise fields.fault("params", cause, number)
    return Parameter(
        name=name,
        type=type_,
        help=str(item.get("help") or ""),
        required=bool(item.get("required", False)),
        many=bool(item.get("many", False)),
        default=None if default is None else str(default),
    )


def _check_slots(fields: _Fields, parameters: tuple[Parameter, ...], known: set[str]) -> None:
    names = [parameter.name for parameter in parameters]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise fields.fault("params", f"parameter {name} is there twice", number)
        if name not in known:
            raise fields.fault("params", f"parameter {name} has no slot: write VALUES ?{name} {{ UNDEF }}", number)
    for name in sorted(known.difference(names)):
        raise fields.fault("params", f"slot VALUES ?{name} {{ UNDEF }} has no parameter in the header")


def _examples(fields: _Fields, parameters: tuple[Parameter, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    names = {parameter.name for parameter in parameters}
    for name, value in fields.mapping("example").items():
        if name not in names:
            raise fields.fault("example", f"example of {name!r}, which is no parameter")
        yield name, tuple(str(item) for item in (value if isinstance(value, list) else [value]))
