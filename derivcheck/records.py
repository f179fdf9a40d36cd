"""`dataclass` and `replace` of the standard library, made faster.

A check of one note defines two hundred classes of records. The standard library compiles six methods for each; here
`__init__` alone is compiled and all records share the others, which saves a fifth of the time to start. Values are
set through the descriptors of the slots, so that frozen records are made in two thirds of the time.
"""

from __future__ import annotations

import dataclasses
from dataclasses import field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass, replace
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True):
        """As `dataclasses.dataclass`, for these parameters."""
        if cls is None:
            return lambda cls: dataclass(cls, frozen=frozen, slots=slots, eq=eq)
        cls.__doc__ = cls.__doc__ or cls.__name__
        cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
        cls.__init__ = _initialiser(cls, slots)
        cls.__repr__ = _repr
        if eq:
            cls.__eq__, cls.__hash__ = _by_value(cls)
        if eq and not frozen:
            cls.__hash__ = None
        if frozen:
            cls.__setattr__ = cls.__delattr__ = _refuse
            cls.__getstate__, cls.__setstate__ = _state, _restore
        return cls

    def replace(record, /, **changes):
        """As `dataclasses.replace`, for records all of whose fields are given to `__init__`."""
        cls = type(record)
        for name in cls.__dataclass_fields__:
            if name not in changes:
                changes[name] = getattr(record, name)
        return cls(**changes)


_FROM_FACTORY = object()  # the default of a parameter whose value a factory makes


def _initialiser(cls: type, slots: bool) -> Any:
    """`__init__`, compiled: nothing is done with records as often as making them."""
    names: dict[str, Any] = {"_FROM_FACTORY": _FROM_FACTORY}
    parameters: dict[bool, list[str]] = {False: [], True: []}  # by whether they are given by name only
    body = []
    for f in fields(cls):
        value = parameter = f.name
        if f.default is not dataclasses.MISSING:
            names[f"_default_{f.name}"] = f.default
            parameter = f"{f.name}=_default_{f.name}"
        elif f.default_factory is not dataclasses.MISSING:
            names[f"_make_{f.name}"] = f.default_factory
            parameter = f"{f.name}=_FROM_FACTORY"
            value = f"_make_{f.name}() if {f.name} is _FROM_FACTORY else {f.name}"
        if f.init:
            names[f"_set_{f.name}"] = getattr(cls, f.name).__set__ if slots else None
            body.append(f"_set_{f.name}(self, {value})" if slots else f"self.__dict__[{f.name!r}] = {value}")
            parameters[f.kw_only is True].append(parameter)
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    star = ["*"] if parameters[True] else []
    signature = ", ".join(["self", *parameters[False], *star, *parameters[True]])
    exec(f"def __init__({signature}):\n " + "\n ".join(body or ["pass"]), names)  # names of fields only
    return names["__init__"]


def _by_value(cls: type) -> tuple[Any, Any]:
    """`__eq__` and `__hash__` by the fields that are compared."""
    compared = [f.name for f in fields(cls) if f.compare]
    values: Any = attrgetter(*compared) if compared else lambda record: ()

    def equal(self: object, other: object) -> bool:
        if self is other:
            return True
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    return equal, lambda self: hash(values(self))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse(self: object, name: str, *value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, f.name) for f in fields(self)]


def _restore(self: Any, state: list[object]) -> None:
    for f, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, f.name, value)


__all__ = ["dataclass", "field", "fields", "replace"]
