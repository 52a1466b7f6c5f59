"""Dossiers exchanged with other systems: what comes, what is told, what fails, and who may say how far one has come.

A message is kept as it came before anything is made of it; what fits nothing is work of an office, never a line in a
log. It asks nobody outside by itself: papers and statuses are deliveries.
"""

from motcua.dossiers.services.exchange.arriving import Arrived, take_message, take_unreadable
from motcua.dossiers.services.exchange.failing import note_done_by_hand, note_failed, try_exchange_again
from motcua.dossiers.services.exchange.matching import Unfit, Whereto, note_arrival, set_arrival_aside, take_arrival
from motcua.dossiers.services.exchange.papers import NotToBeHad, attach_paper, keep_paper
from motcua.dossiers.services.exchange.systems import (
    NotPossibleNow,
    add_system,
    give_key,
    mean,
    own_status,
    spell_status,
    system_of_key,
)

__all__ = [
    "Arrived",
    "NotPossibleNow",
    "NotToBeHad",
    "Unfit",
    "Whereto",
    "add_system",
    "attach_paper",
    "give_key",
    "keep_paper",
    "mean",
    "note_arrival",
    "note_done_by_hand",
    "note_failed",
    "own_status",
    "set_arrival_aside",
    "spell_status",
    "system_of_key",
    "take_arrival",
    "take_message",
    "take_unreadable",
    "try_exchange_again",
]
