"""The five faces and their words, the screen that asks at the counter, and the figures, for templates. Reads only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.dossiers import policies
from motcua.dossiers.models import Dossier, Rating
from motcua.dossiers.queries import satisfaction as queries
from motcua.dossiers.rules import satisfaction as rules
from motcua.kernel import organisation
from motcua.kernel.organisation import Office
from motcua.kernel.tables import Column, Table
from motcua.procedures import queries as procedures

SALT, SHOWN_FOR = "motcua.dossiers.faces", 15 * 60
# The best first, as on the screens of service centres.
FACES: tuple[tuple[int, str, str | Promise], ...] = (
    (5, "face5", pgettext_lazy("face", "Very pleased")),
    (4, "face4", pgettext_lazy("face", "Pleased")),
    (3, "face3", pgettext_lazy("face", "Neither")),
    (2, "face2", pgettext_lazy("face", "Displeased")),
    (1, "face1", pgettext_lazy("face", "Very displeased")),
)
WORDS = {score: words for score, _icon, words in FACES}


def asked(dossier: Dossier, now: datetime) -> dict[str, Any]:
    """What the status page asks, and what was answered."""
    rating = queries.rating_of(dossier) if dossier.state in rules.ASKED_IN else None
    return {
        "faces": FACES if queries.is_asked(dossier, rating, now) else (),
        "rating": rating,
        "rating_words": WORDS[rating.score] if rating else "",
        "longest_sentence": rules.LONGEST,
    }


def address(number: str) -> str:
    """The screen at the counter for this dossier, for a short time."""
    return reverse("citizen-faces", args=[number, signing.dumps(number, salt=SALT)])


def dossier_of_token(number: str, token: str) -> Dossier:
    """The dossier that this screen asks about. Raises signing.BadSignature, Dossier.DoesNotExist."""
    if signing.loads(token, salt=SALT, max_age=SHOWN_FOR) != number:
        raise Dossier.DoesNotExist
    return Dossier.objects.select_related(*policies.RELATED).get(matter__reference=number)


def rating_page(dossier: Dossier, rating: Rating, *, may_hear: bool) -> dict[str, Any]:
    """What displeased somebody, and what was done."""
    return {"dossier": dossier, "rating": rating, "words": WORDS[rating.score], "may_hear": may_hear}


def figures(office: Office, offices: tuple[Office, ...], first: date, last: date) -> dict[str, Any]:
    """How satisfied people were with the dossiers of the office in these days."""
    found = queries.satisfaction_between(office, first, last)
    names = procedures.named()
    scores = Table(
        _("Answers"),
        (
            Column("face", _("Face"), width=30),
            Column("number", _("Answers"), "number"),
            Column("share", _("Share"), "share"),
        ),
        [
            [words, found.scores[score], found.scores[score] / found.number if found.number else None]
            for score, _icon, words in FACES
        ],
    )
    by_name = [(names[each.key].name if each.key in names else each.key, each) for each in found.procedures]
    return {
        "office": office,
        "offices": offices,
        "first": first,
        "last": last,
        "found": found,
        "scores": scores,
        "tables": [_table(_("By procedure"), _("Procedure"), by_name)]
        + ([_table(_("By commune"), _("Commune"), [(each.key, each) for each in found.communes])] * _is_above(office)),
        "sentences": [each | {"words": WORDS[each["score"]]} for each in found.sentences],
    }


def _is_above(office: Office) -> bool:
    return office.kind == organisation.PROVINCE


def _table(title: Any, first: Any, parts: list[tuple[Any, queries.Part]]) -> Table:
    columns = (
        Column("name", first, width=40),
        Column("number", _("Answers"), "number"),
        Column("mean", _("Mean of 5"), "number"),
        Column("high", _("Pleased"), "number"),
        Column("low", _("Displeased"), "number"),
    )
    return Table(
        title, columns, [[name, each.number, round(each.mean, 2), each.high, each.low] for name, each in parts]
    )
