"""What an officer types for each act on a dossier, one module per kind of road."""

from motcua.dossiers.forms.accesses import PurposeForm
from motcua.dossiers.forms.archive import DisposalForm, HandForm
from motcua.dossiers.forms.corrections import CHANGE_REASONS, DoubtForm, EditionForm, TransferForm
from motcua.dossiers.forms.extensions import EXTENSION_REASONS, DecideExtensionForm, ExtensionForm
from motcua.dossiers.forms.money import ChargeForm, PayForm
from motcua.dossiers.forms.opinions import AdviceForm, OpinionForm
from motcua.dossiers.forms.outside import OutsideAnswerForm, OutsideAskForm
from motcua.dossiers.forms.packs import PackForm, PeriodPackForm, PersonForm
from motcua.dossiers.forms.personal import (
    NO,
    RESTRICTION_REASONS,
    YES,
    AskErasureForm,
    DecideErasureForm,
    ReleaseForm,
    RestrictForm,
)
from motcua.dossiers.forms.results import NumberForm, RevokeForm, ShelfForm
from motcua.dossiers.forms.stopping import STOP_REASONS, StopForm, UndoForm
from motcua.dossiers.forms.straight import (
    CHECKS,
    LARGEST_RESULT,
    METHODS,
    REASONS,
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
)
from motcua.dossiers.forms.supplement import (
    DecisionForm,
    MessageForm,
    NeedForm,
    SupplementForm,
    WithdrawForm,
)

__all__ = [
    "CHANGE_REASONS",
    "CHECKS",
    "EXTENSION_REASONS",
    "LARGEST_RESULT",
    "METHODS",
    "NO",
    "REASONS",
    "RESTRICTION_REASONS",
    "STOP_REASONS",
    "UNITS",
    "YES",
    "AdviceForm",
    "AskErasureForm",
    "ChargeForm",
    "DecideErasureForm",
    "DecideExtensionForm",
    "DecisionForm",
    "DisposalForm",
    "DoubtForm",
    "EditionForm",
    "ExtensionForm",
    "GiveForm",
    "HandForm",
    "LimitForm",
    "MessageForm",
    "NeedForm",
    "NothingToSay",
    "NumberForm",
    "OpinionForm",
    "OutsideAnswerForm",
    "OutsideAskForm",
    "PackForm",
    "PayForm",
    "PeriodPackForm",
    "PersonForm",
    "PurposeForm",
    "RefuseForm",
    "ReissueForm",
    "ReleaseForm",
    "RemarkForm",
    "RestrictForm",
    "ResultFileField",
    "ReturnForm",
    "RevokeForm",
    "SettleForm",
    "SettleFromTemplateForm",
    "ShelfForm",
    "StopForm",
    "SupplementForm",
    "TransferForm",
    "UndoForm",
    "WithdrawForm",
    "kept",
]
