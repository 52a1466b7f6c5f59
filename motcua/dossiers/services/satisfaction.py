"""The person says how satisfied he is, and whoever leads hears what displeased him."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, rules
from motcua.dossiers.events.satisfaction import DossierRated, RatingHeard
from motcua.dossiers.models import Dossier, Rating
from motcua.dossiers.rules import satisfaction
from motcua.dossiers.services import course
from motcua.kernel import clock, ledger, schedule
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event


class NotAsked(ValueError):
    """The question is not open: the dossier is not over, or the answer can no longer be changed."""


def rate_dossier(*, dossier: Dossier, score: int, at: datetime, place: str = "online", sentence: str = "") -> Rating:
    """One answer for each dossier; said again it is changed, said twice alike it is one. A sentence stays when the next
    answer has none. Raises NotAsked, ValueError for a score or a place that is none.
    """
    if score not in satisfaction.SCORES or place not in satisfaction.PLACES:
        raise ValueError(score)
    with transaction.atomic():
        held, items = course.locked_whole(dossier)
        rating = Rating.objects.filter(dossier=held).first()
        if not satisfaction.may_answer(held.state, held.matter.closed_at, rating.at if rating else None, at):
            raise NotAsked(held.number)
        said = " ".join(sentence.split())[: satisfaction.LONGEST] or (rating.sentence if rating else "")
        if rating and (rating.score, rating.sentence) == (score, said):
            return rating
        rating = _written(rating, held, score, said, place, at)
        event = ledger.record(DossierRated(score, place), matter=held.matter, at=at)
        heard = rating.heard_at is not None or any(item.act == rules.HEAR for item in items)
        if satisfaction.is_low(score) and said and not heard:
            _to_the_leader(held, event, at)
    return rating


def _written(rating: Rating | None, dossier: Dossier, score: int, sentence: str, place: str, at: datetime) -> Rating:
    if rating is None:
        return Rating.objects.create(dossier=dossier, score=score, sentence=sentence, place=place, at=at)
    rating.score, rating.sentence, rating.changed_at = score, sentence, at
    rating.save(update_fields=["score", "sentence", "changed_at"])
    return rating


def _to_the_leader(dossier: Dossier, event: Event, at: datetime) -> None:
    office = dossier.competent_office
    limit = clock.Limit(satisfaction.HEARD_WITHIN, "working_day")
    due = clock.due(schedule.calendar_for(office), limit, [clock.Entry("start", at)])
    assert due.at is not None  # a clock that runs has a moment
    step = rules.side_step(rules.HEAR)
    course.open_step(dossier=dossier, step=step, act=rules.HEAR, office=office, due_at=due.at, event=event)


def hear_rating(*, dossier: Dossier, note: str, by: Person, at: datetime) -> Rating:
    """Whoever leads has read it and says what was done. Raises NothingOpen, policies.NotAllowed, ValueError."""
    if not (said := note.strip()):
        raise ValueError("nothing was said")
    with transaction.atomic():
        held, item = course.locked_beside(dossier, rules.side_step(rules.HEAR))
        post = policies.post_for_step(by, item, rules.HEAR, course.day_of(at))
        rating = Rating.objects.get(dossier=held)
        rating.heard_at, rating.heard_by, rating.heard_note = at, by, said
        rating.save(update_fields=["heard_at", "heard_by", "heard_note"])
        course.close_step(item, course.record(RatingHeard(), held, by, post, at))
    return rating
