"""The only writers of this room, one module per noun; callers see one face.

Every function checks the rule, changes rows, records the event and queues the message in one transaction.
"""

from motcua.dossiers.services.accesses import note_access
from motcua.dossiers.services.archive import decide_disposal, hand_to_archive, propose_disposal
from motcua.dossiers.services.blanks import (
    SlipRefused,
    note_slip_asked_about,
    note_slips_printed,
    reserve_slips,
    restore_slip,
    say_last_slip,
    void_slip,
)
from motcua.dossiers.services.blanks.entering import Slip
from motcua.dossiers.services.claims import reissue_claim_code
from motcua.dossiers.services.competence import doubt_competence, settle_competence, transfer_dossier
from motcua.dossiers.services.content import ApplicantData, ComponentData, FileData
from motcua.dossiers.services.correspondence import NoMessageTaken, answer_applicant, write_message
from motcua.dossiers.services.course import NothingOpen
from motcua.dossiers.services.editions import change_edition
from motcua.dossiers.services.erasure import erase_personal_data
from motcua.dossiers.services.escalation import NotALadder, escalate_late_work, set_escalation
from motcua.dossiers.services.extensions import capabilities_to_propose, decide_extension, propose_extension
from motcua.dossiers.services.filing import Filed, KeyUsedForAnotherRequest, file_dossier, take_in_dossier
from motcua.dossiers.services.money import charge_dossier, take_payment
from motcua.dossiers.services.opinions import ask_opinion, give_opinion
from motcua.dossiers.services.outside import ask_outside, note_outside_answer
from motcua.dossiers.services.packs import note_data_exported, note_pack_taken
from motcua.dossiers.services.personal import ask_erasure, decide_erasure, release_processing, restrict_processing
from motcua.dossiers.services.phones import close_phone, pair_phone, take_photo
from motcua.dossiers.services.receipt import GivenLimit, LimitNeeded, receive_dossier, refuse_dossier
from motcua.dossiers.services.recounting import recount_due_moments
from motcua.dossiers.services.refusal import NotPossible
from motcua.dossiers.services.reporting import (
    NotOver,
    close_due_periods,
    close_period,
    note_report_taken,
    set_cut_off,
)
from motcua.dossiers.services.results import NoResult, new_verify_code, number_result, place_papers, revoke_result
from motcua.dossiers.services.reuse import agree_to_reuse
from motcua.dossiers.services.scan_folders import NotAFolder, set_scan_folder
from motcua.dossiers.services.scans import ScanTaken, keep_scan, pick_up, put_away
from motcua.dossiers.services.sealing import close_days
from motcua.dossiers.services.settlement import leave_remark, return_result, settle_dossier
from motcua.dossiers.services.steps import complete_step, take_work
from motcua.dossiers.services.stopping import stop_dossier
from motcua.dossiers.services.supplements import (
    AlreadyAsked,
    Need,
    Supplemented,
    SupplementIncomplete,
    SupplementUnfit,
    cancel_supplement,
    decide_supplement,
    file_supplement,
    request_supplement,
)
from motcua.dossiers.services.telling import note_undelivered, send_again, tell_applicant
from motcua.dossiers.services.undoing import undo_last
from motcua.dossiers.services.withdrawal import (
    ask_withdrawal,
    confirm_withdrawal,
    take_back_withdrawal,
    withdraw_dossier,
)

__all__ = [
    "AlreadyAsked",
    "ApplicantData",
    "ComponentData",
    "FileData",
    "Filed",
    "GivenLimit",
    "KeyUsedForAnotherRequest",
    "LimitNeeded",
    "Need",
    "NoMessageTaken",
    "NoResult",
    "NotAFolder",
    "NotALadder",
    "NotOver",
    "NotPossible",
    "NothingOpen",
    "ScanTaken",
    "Slip",
    "SlipRefused",
    "SupplementIncomplete",
    "SupplementUnfit",
    "Supplemented",
    "agree_to_reuse",
    "answer_applicant",
    "ask_erasure",
    "ask_opinion",
    "ask_outside",
    "ask_withdrawal",
    "cancel_supplement",
    "capabilities_to_propose",
    "change_edition",
    "charge_dossier",
    "close_days",
    "close_due_periods",
    "close_period",
    "close_phone",
    "complete_step",
    "confirm_withdrawal",
    "decide_disposal",
    "decide_erasure",
    "decide_extension",
    "decide_supplement",
    "doubt_competence",
    "erase_personal_data",
    "escalate_late_work",
    "file_dossier",
    "file_supplement",
    "give_opinion",
    "hand_to_archive",
    "keep_scan",
    "leave_remark",
    "new_verify_code",
    "note_access",
    "note_data_exported",
    "note_outside_answer",
    "note_pack_taken",
    "note_report_taken",
    "note_slip_asked_about",
    "note_slips_printed",
    "note_undelivered",
    "number_result",
    "pair_phone",
    "pick_up",
    "place_papers",
    "propose_disposal",
    "propose_extension",
    "put_away",
    "receive_dossier",
    "recount_due_moments",
    "refuse_dossier",
    "reissue_claim_code",
    "release_processing",
    "request_supplement",
    "reserve_slips",
    "restore_slip",
    "restrict_processing",
    "return_result",
    "revoke_result",
    "say_last_slip",
    "send_again",
    "set_cut_off",
    "set_escalation",
    "set_scan_folder",
    "settle_competence",
    "settle_dossier",
    "stop_dossier",
    "take_back_withdrawal",
    "take_in_dossier",
    "take_payment",
    "take_photo",
    "take_work",
    "tell_applicant",
    "transfer_dossier",
    "undo_last",
    "void_slip",
    "withdraw_dossier",
    "write_message",
]
