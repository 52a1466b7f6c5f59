"""What an officer types for each act on a dossier, one module per kind of road."""

from motcua.dossiers.forms.straight import (
    CHECKS,
    METHODS,
    REASONS,
    SIGNATURES,
    UNITS,
    GiveForm,
    LimitForm,
    NothingToSay,
    RefuseForm,
    ReissueForm,
    RemarkForm,
    ReturnForm,
    SettleForm,
    type_of,
)

__all__ = [
    "CHECKS",
    "METHODS",
    "REASONS",
    "SIGNATURES",
    "UNITS",
    "GiveForm",
    "LimitForm",
    "NothingToSay",
    "RefuseForm",
    "ReissueForm",
    "RemarkForm",
    "ReturnForm",
    "SettleForm",
    "type_of",
]
