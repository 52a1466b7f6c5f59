"""The only writers of this room: a centre is opened, people come, get posts and accounts, and leave."""

from motcua.portal.services.centre import CannotOpen, open_centre
from motcua.portal.services.founding import finish, found, open_commune, open_department
from motcua.portal.services.people import AccountRefused, add_person, end_post, give_post, make_account

__all__ = [
    "AccountRefused",
    "CannotOpen",
    "add_person",
    "end_post",
    "finish",
    "found",
    "give_post",
    "make_account",
    "open_centre",
    "open_commune",
    "open_department",
]
