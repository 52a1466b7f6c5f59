"""Tables of a person's request, one module per noun: what was typed, what was filed, what came of it.

Applicant, Filing.content and the words in the rows of each road hold personal values; events never do.
"""

from motcua.dossiers.models.access import Access
from motcua.dossiers.models.archive import ArchiveItem, ArchiveList, DisposalItem
from motcua.dossiers.models.blank import VOID_REASONS, BlankSlip, SlipBlock
from motcua.dossiers.models.change import EditionChange, Transfer, Undoing
from motcua.dossiers.models.dossier import CHANNELS, STATES, Applicant, Dossier
from motcua.dossiers.models.ending import Ending
from motcua.dossiers.models.escalation import Escalation, EscalationLevel
from motcua.dossiers.models.exchange import Arrival, CodeMeaning, ExternalRef, OutsidePaper, PartnerSystem, StatusOwner
from motcua.dossiers.models.extension import Extension
from motcua.dossiers.models.filing import Draft, Filing, Paper, Partial, Piece, SupplementDraft, Typed, Upload
from motcua.dossiers.models.issue import IssuedForm
from motcua.dossiers.models.message import Message
from motcua.dossiers.models.opinion import Opinion
from motcua.dossiers.models.outside import OutsideRequest
from motcua.dossiers.models.period import ClosedPeriod, CutOff
from motcua.dossiers.models.personal import ErasureRequest, Restriction
from motcua.dossiers.models.rating import Rating
from motcua.dossiers.models.result import Result, ResultSignature, Returning, Shelf
from motcua.dossiers.models.root import DayLeaf, DayRoot
from motcua.dossiers.models.scan import PhoneLink, Scan, ScanFolder
from motcua.dossiers.models.supplement import SupplementItem, SupplementRequest

__all__ = [
    "CHANNELS",
    "STATES",
    "VOID_REASONS",
    "Access",
    "Applicant",
    "ArchiveItem",
    "ArchiveList",
    "Arrival",
    "BlankSlip",
    "ClosedPeriod",
    "CodeMeaning",
    "CutOff",
    "DayLeaf",
    "DayRoot",
    "DisposalItem",
    "Dossier",
    "Draft",
    "EditionChange",
    "Ending",
    "ErasureRequest",
    "Escalation",
    "EscalationLevel",
    "Extension",
    "ExternalRef",
    "Filing",
    "IssuedForm",
    "Message",
    "Opinion",
    "OutsidePaper",
    "OutsideRequest",
    "Paper",
    "Partial",
    "PartnerSystem",
    "PhoneLink",
    "Piece",
    "Rating",
    "Restriction",
    "Result",
    "ResultSignature",
    "Returning",
    "Scan",
    "ScanFolder",
    "Shelf",
    "SlipBlock",
    "StatusOwner",
    "SupplementDraft",
    "SupplementItem",
    "SupplementRequest",
    "Transfer",
    "Typed",
    "Undoing",
    "Upload",
]
