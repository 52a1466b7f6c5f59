"""The definition of a procedure as data: what one version says, frozen, and how a document becomes it.

`parse(doc)` gives a Definition or raises DefinitionFaults, which names every fault with its path.
Pure: standard library only; it knows no database, no language of the reader and no clock.
"""

from motcua.procedures.definition.entry import DefinitionFaults, Fault
from motcua.procedures.definition.reading import parse
from motcua.procedures.definition.shape import (
    Channel,
    Check,
    Component,
    Definition,
    Fee,
    Field,
    Limit,
    NotNeeded,
    Option,
    Page,
    Result,
    Retention,
    Step,
    SupplementReason,
    Text,
    Warn,
)
from motcua.procedures.definition.vocabulary import (
    ACTS,
    CHANNELS,
    COLUMN_TYPES,
    COMPUTATIONS,
    MODES,
    OPTION_LISTS,
    PREFILLS,
    TYPES,
    UNITS,
)

__all__ = [
    "ACTS",
    "CHANNELS",
    "COLUMN_TYPES",
    "COMPUTATIONS",
    "MODES",
    "OPTION_LISTS",
    "PREFILLS",
    "TYPES",
    "UNITS",
    "Channel",
    "Check",
    "Component",
    "Definition",
    "DefinitionFaults",
    "Fault",
    "Fee",
    "Field",
    "Limit",
    "NotNeeded",
    "Option",
    "Page",
    "Result",
    "Retention",
    "Step",
    "SupplementReason",
    "Text",
    "Warn",
    "parse",
]
