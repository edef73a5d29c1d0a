"""Reading JSON values with their address, so that every complaint names the field and the item."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn, TypeVar

from confsys.programme.solver.errors import InputError

_T = TypeVar("_T")
_D = TypeVar("_D")


class Field:
    """A value of the input and where it stands. Reading methods raise InputError in one sentence."""

    def __init__(self, value: Any, where: str, seen: set[str] | None = None) -> None:
        self.value = value
        self.where = where
        self.seen: set[str] = seen if seen is not None else set()

    def fail(self, complaint: str) -> NoReturn:
        raise InputError(f"{self.where}: {complaint}.")

    def has(self, key: str) -> bool:
        self.seen.add(key)
        return isinstance(self.value, Mapping) and self.value.get(key) is not None

    def __getitem__(self, key: str) -> "Field":
        if not isinstance(self.value, Mapping):
            self.fail("must be an object")
        if not self.has(key):
            self.fail(f"the field '{key}' is missing")
        return Field(self.value[key], f"{self.where}.{key}" if self.where else key)

    def optional(self, key: str, read: Callable[["Field"], _T], default: _D) -> _T | _D:
        return read(self[key]) if self.has(key) else default

    def rows(self) -> Iterator["Field"]:
        """The entries of a list; an entry with an id is named by it."""
        if not isinstance(self.value, list):
            self.fail("must be a list")
        for number, value in enumerate(self.value):
            name = value.get("id") if isinstance(value, Mapping) else None
            label = f" ({name})" if isinstance(name, str) else ""
            yield Field(value, f"{self.where}[{number}]{label}")

    def entries(self) -> Iterator[tuple[str, "Field"]]:
        if not isinstance(self.value, Mapping):
            self.fail("must be an object")
        for key, value in self.value.items():
            yield str(key), Field(value, f"{self.where}.{key}")

    def text(self) -> str:
        if not isinstance(self.value, str) or not self.value.strip():
            self.fail("must be a text that is not empty")
        return str(self.value)

    def integer(self, least: int = 0, most: int = 10**9) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.fail(f"must be a whole number, not {_short(self.value)}")
        if not least <= self.value <= most:
            self.fail(f"{self.value} is not between {least} and {most}")
        return int(self.value)

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.fail(f"must be true or false, not {_short(self.value)}")
        return bool(self.value)

    def texts(self) -> tuple[str, ...]:
        return tuple(row.text() for row in self.rows())

    def among(self, known: Mapping[str, int], kind: str) -> int:
        """The index of a name; InputError where no `kind` has it."""
        name = self.text()
        if name not in known:
            self.fail(f"there is no {kind} '{name}'")
        return known[name]

    def parsed(self, parse: Callable[[str], _T]) -> _T:
        """The text through `parse`, whose ValueError becomes the complaint."""
        try:
            return parse(self.text())
        except InputError:
            raise
        except ValueError as error:
            self.fail(str(error))

    def unknown(self) -> list[str]:
        """Keys that nobody asked for: most often a misspelling."""
        keys = self.value if isinstance(self.value, Mapping) else ()
        return [f"{self.where}.{key}" if self.where else str(key) for key in keys if key not in self.seen]


def unique(rows: list[tuple[Field, str]], kind: str) -> dict[str, int]:
    """Index of each name; InputError on the first that comes twice."""
    index: dict[str, int] = {}
    for row, name in rows:
        if name in index:
            row.fail(f"there is already a {kind} '{name}'")
        index[name] = len(index)
    return index


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) < 40 else text[:37] + "..."
