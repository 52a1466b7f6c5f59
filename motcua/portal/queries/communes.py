"""When somebody last did anything in each commune."""

from __future__ import annotations

from datetime import datetime

from django.db.models import OuterRef, Subquery

from motcua.kernel.identity import Post
from motcua.kernel.ledger import Event
from motcua.kernel.organisation import Office


def last_acts(above: Office) -> dict[str, datetime]:
    """By the code of each office right below this one: the last act by a post there or in a part of it. An office where
    nobody ever did anything is not named. One look into an index for each post.
    """
    newest = Event.objects.filter(post=OuterRef("pk")).order_by("-position").values("at")[:1]
    posts = Post.objects.filter(office__path__startswith=above.path).order_by()
    found: dict[str, datetime] = {}
    for path, at in posts.annotate(last=Subquery(newest)).values_list("office__path", "last"):
        below = path.removeprefix(above.path).partition("/")[0]
        if at is not None and below and (below not in found or at > found[below]):
            found[below] = at
    return found
