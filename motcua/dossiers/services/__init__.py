"""The only writers of this room, one module per noun; callers see one face.

Every function checks the rule, changes rows, records the event and queues the message in one transaction.
"""

from motcua.dossiers.services.claims import reissue_claim_code
from motcua.dossiers.services.content import ApplicantData, ComponentData, FileData
from motcua.dossiers.services.course import NothingOpen
from motcua.dossiers.services.erasure import erase_personal_data
from motcua.dossiers.services.filing import Filed, KeyUsedForAnotherRequest, file_dossier, take_in_dossier
from motcua.dossiers.services.outside import ask_outside, note_outside_answer
from motcua.dossiers.services.receipt import GivenLimit, LimitNeeded, receive_dossier, refuse_dossier
from motcua.dossiers.services.refusal import NotPossible
from motcua.dossiers.services.settlement import leave_remark, return_result, settle_dossier
from motcua.dossiers.services.steps import complete_step, take_work
from motcua.dossiers.services.telling import note_undelivered, send_again, tell_applicant

__all__ = [
    "ApplicantData",
    "ComponentData",
    "FileData",
    "Filed",
    "GivenLimit",
    "KeyUsedForAnotherRequest",
    "LimitNeeded",
    "NotPossible",
    "NothingOpen",
    "ask_outside",
    "complete_step",
    "erase_personal_data",
    "file_dossier",
    "leave_remark",
    "note_outside_answer",
    "note_undelivered",
    "receive_dossier",
    "refuse_dossier",
    "reissue_claim_code",
    "return_result",
    "send_again",
    "settle_dossier",
    "take_in_dossier",
    "take_work",
    "tell_applicant",
]
