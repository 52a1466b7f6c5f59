"""The only writers of this room: a centre is opened, people come, get posts and accounts, and leave; hours change."""

from motcua.portal.password_links import DeadLink
from motcua.portal.services.absence import end_absence, record_absence
from motcua.portal.services.accounts import (
    AccountRefused,
    choose_password,
    close_account,
    give_password_link,
    make_account,
    reopen_account,
)
from motcua.portal.services.centre import CannotOpen, open_centre
from motcua.portal.services.founding import finish, found, open_commune, open_department
from motcua.portal.services.https import forget_authority, found_authority, renew_certificate
from motcua.portal.services.late_work import set_late_work
from motcua.portal.services.office import set_contacts, set_numbering
from motcua.portal.services.operation import (
    announce_downtime,
    call_off_downtime,
    set_help_contact,
    try_delivery_again,
)
from motcua.portal.services.people import (
    add_person,
    change_person,
    employ_person,
    end_person,
    end_post,
    give_post,
    withdraw_post,
)
from motcua.portal.services.record import CannotChange
from motcua.portal.services.roles import bring_roles
from motcua.portal.services.scanner import set_scanner
from motcua.portal.services.working_time import set_day, set_hours, take_back_day

__all__ = [
    "AccountRefused",
    "CannotChange",
    "CannotOpen",
    "DeadLink",
    "add_person",
    "announce_downtime",
    "bring_roles",
    "call_off_downtime",
    "change_person",
    "choose_password",
    "close_account",
    "employ_person",
    "end_absence",
    "end_person",
    "end_post",
    "finish",
    "forget_authority",
    "found",
    "found_authority",
    "give_password_link",
    "give_post",
    "make_account",
    "open_centre",
    "open_commune",
    "open_department",
    "record_absence",
    "renew_certificate",
    "reopen_account",
    "set_contacts",
    "set_day",
    "set_help_contact",
    "set_hours",
    "set_late_work",
    "set_numbering",
    "set_scanner",
    "take_back_day",
    "try_delivery_again",
    "withdraw_post",
]
