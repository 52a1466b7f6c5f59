"""Blank slips for an outage: numbers reserved and printed beforehand, given out on paper, entered afterwards.

A number that was given out is never silent: until it is entered or void, it is open work of the office with a due
moment (R16).
"""

from motcua.dossiers.services.blanks.blocks import note_slips_printed, reserve_slips, say_last_slip
from motcua.dossiers.services.blanks.refusal import SlipRefused
from motcua.dossiers.services.blanks.slips import note_slip_asked_about, restore_slip, void_slip

__all__ = [
    "SlipRefused",
    "note_slip_asked_about",
    "note_slips_printed",
    "reserve_slips",
    "restore_slip",
    "say_last_slip",
    "void_slip",
]
