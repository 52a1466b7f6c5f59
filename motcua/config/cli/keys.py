"""`motcua keys`: the public keys and the roots of days, for keeping elsewhere; a new key in place of the old one."""

from django.utils import timezone

from motcua.config.cli import database
from motcua.config.cli.parser import Options
from motcua.config.cli.words import _
from motcua.dossiers.queries import sealed
from motcua.portal.services import keys


def run(options: Options) -> int:
    with database.alone():
        database.prepare(timezone.now())
    if options.act == "show":
        print(sealed.roots_exported())
        return 0
    key = keys.renew_seal_key(at=timezone.now())
    print(_("From now on receipts are sealed with key {key}. Older receipts go on being valid.").format(key=key.pk))
    return 0
