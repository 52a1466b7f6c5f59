"""What `motcua serve` says when it is open: where, what is kept where, and who can be tried in a demonstration."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings

from motcua.config.cli.words import _
from motcua.kernel import organisation
from motcua.kernel.identity import Post
from motcua.portal import demo

SIGN_INS_SHOWN = 20


def lines(host: str, port: int, today: date) -> Iterator[str]:
    scheme = "https" if settings.TLS_CERT else "http"
    address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"
    yield _("Một Cửa is open: {address}/ for people, {address}/desk/ for officers.").format(address=address)
    if settings.HTTPS_OWN:
        safe = f"https://{f'[{host}]' if ':' in host else host}:{settings.HTTPS_PORT}"
        yield _("By https, on devices that trust it: {safe}/ (how: {address}/install-certificate/)").format(
            safe=safe, address=address
        )
    if organisation.is_demo():
        yield _("Everything in it is made up. Sign in with one click at {address}/accounts/demo/ as:").format(
            address=address
        )
        yield from _sign_ins(today)
        yield _("Everybody's password in the demonstration: {password}").format(password=demo.password())
    yield _("Data are kept in {folder}. Ctrl-C stops it.").format(folder=settings.MOTCUA_DATA)


def _sign_ins(today: date) -> Iterator[str]:
    posts = Post.objects.held_on(today).filter(person__account__is_active=True)
    posts = posts.select_related("person__account", "role", "office").order_by("office__path", "role")
    for post in posts[:SIGN_INS_SHOWN]:
        yield f"  {post.person.account.username:<20} {post.role} · {post.office}"
