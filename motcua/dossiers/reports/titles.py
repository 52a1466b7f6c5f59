"""What figures, channels and places are called in reports."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.dossiers.queries import index
from motcua.dossiers.queries import situation as board
from motcua.dossiers.rules import figures

TITLES: dict[str, str | Promise] = {
    figures.FILED: _("Filed"),
    figures.CARRIED_OVER: _("Carried over"),
    figures.RECEIVED: _("Received"),
    "settled_early": _("Settled early"),
    "settled_on_time": _("Settled on time"),
    "settled_late": _("Settled late"),
    figures.WITHIN: _("In progress, within the limit"),
    figures.OVERDUE: _("In progress, overdue"),
    "stopped": _("Stopped"),
    "refused": _("Refused"),
    "withdrawn": _("Withdrawn"),
    figures.REFUSED_BEFORE: _("Refused before receipt"),
    figures.WITHDRAWN_BEFORE: _("Withdrawn before receipt"),
    figures.WAITING: _("Waiting for receipt"),
    board.OPEN: _("In progress"),
    board.AT_WORK: _("In progress or waiting for receipt"),
    board.SETTLED: _("Settled"),
    board.DUE_SOON: _("Due soon"),
    board.LATER: _("Due later"),
    board.DUE_AHEAD: _("Due within 3 working days"),
    board.TO_COLLECT: _("Waiting to be collected"),
    index.HANDLED: _("Index 2.1: carried over or received"),
    index.IN_TIME: _("Index 2.1: in time"),
    index.CONTENT: _("Index 5.4: in time, nobody displeased"),
    index.ONLINE: _("Index 3.3: filed online, with an electronic result"),
    index.WITH_RESULT: _("Index 4.1: settled"),
    index.E_RESULT: _("Index 4.1: settled with an electronic result"),
    index.DIGITISED: _("Index 4.2: digitised"),
}
ACTS: dict[str, str | Promise] = {
    "receive": _("to be received"),
    "process": _("being processed"),
    "settle": _("to be signed"),
    "return": _("waiting to be collected"),
    "await_supplement": _("waiting for more papers"),
    "await_fee": _("waiting for the fee"),
}
METHODS: dict[str, str | Promise] = {
    "counter": _("at the counter"),
    "post": _("by post"),
    "electronic": _("electronically"),
}
CHANNELS: dict[str, str | Promise] = {
    "online": pgettext_lazy("channel of a dossier", "Online"),
    "postal": pgettext_lazy("channel of a dossier", "By post"),
    "direct": pgettext_lazy("channel of a dossier", "At the counter"),
}
