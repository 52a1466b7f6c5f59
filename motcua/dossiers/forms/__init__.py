"""What an officer types for each act on a dossier, one module per kind of road."""

from motcua.dossiers.forms.outside import OutsideAnswerForm, OutsideAskForm
from motcua.dossiers.forms.results import NumberForm, RevokeForm, ShelfForm
from motcua.dossiers.forms.stopping import STOP_REASONS, StopForm, UndoForm
from motcua.dossiers.forms.straight import (
    CHECKS,
    LARGEST_RESULT,
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
    ResultFileField,
    ReturnForm,
    SettleForm,
    SettleFromTemplateForm,
    kept,
    type_of,
)

__all__ = [
    "CHECKS",
    "LARGEST_RESULT",
    "METHODS",
    "REASONS",
    "SIGNATURES",
    "STOP_REASONS",
    "UNITS",
    "GiveForm",
    "LimitForm",
    "NothingToSay",
    "NumberForm",
    "OutsideAnswerForm",
    "OutsideAskForm",
    "RefuseForm",
    "ReissueForm",
    "RemarkForm",
    "ResultFileField",
    "ReturnForm",
    "RevokeForm",
    "SettleForm",
    "SettleFromTemplateForm",
    "ShelfForm",
    "StopForm",
    "UndoForm",
    "kept",
    "type_of",
]
