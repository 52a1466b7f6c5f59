"""Who may see and do what with feedback and petitions: at the desk by post, a person by number and claim code together.

An office sees what it is a party to, and of how officers behave only those see who answer for it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.kernel import codes, identity, organisation
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import MatterParty
from motcua.kernel.organisation import Office
from motcua.oversight.models import Feedback
from motcua.oversight.policies import NotAllowed
from motcua.oversight.rules import feedback as rules

__all__ = ["NotAllowed"]

RELATED = ("matter", "commune", "holder", "about", "repeats__matter", "taken_by")
# Whoever has to do with what people say; of officers' behaviour only those who answer for it.
HANDLING = frozenset({identity.INTAKE, identity.PROCESS, identity.LEAD, identity.ANSWER, identity.OVERSEE})
ON_CONDUCT = frozenset({identity.LEAD, identity.ANSWER, identity.OVERSEE})


def body_of(office: Office) -> Office:
    """The commune of which the office is a part; a department and the province are bodies of their own."""
    return organisation.commune_of(office) or office


def visible_feedback(person: Person, day: date) -> QuerySet[Feedback]:
    """That of which an office is a party where this person has to do with such."""
    return Feedback.objects.filter(
        _party(person, day, HANDLING) & ~Q(topic=rules.CONDUCT) | _party(person, day, ON_CONDUCT)
    )


def _party(person: Person, day: date, capabilities: frozenset[str]) -> Q:
    posts = identity.posts_of(person, day)
    offices = [post.office_id for post in posts if not capabilities.isdisjoint(post.role.capabilities)]
    return Q(Exists(MatterParty.objects.current().filter(matter=OuterRef("pk"), office__in=offices)))


def get_feedback(person: Person, number: str, day: date) -> Feedback:
    """The feedback of this number if the person may read it; else Feedback.DoesNotExist."""
    return visible_feedback(person, day).select_related(*RELATED).get(matter__reference=number)


def may_handle(person: Person, feedback: Feedback, office: Office, day: date) -> bool:
    """Whether a post lets the person act for the office that has it now."""
    capabilities = rules.capabilities(feedback.state, feedback.topic)
    return any(identity.post_for(person, day, each, office.path) for each in capabilities)


def offices_taking_feedback(person: Person, day: date) -> tuple[Office, ...]:
    """The communes for which the person may write down what somebody says."""
    capabilities = rules.CAPABILITIES["arrived"]
    posts = [post for post in identity.posts_of(person, day) if set(capabilities) & set(post.role.capabilities)]
    communes = (organisation.commune_of(post.office) for post in posts)
    return tuple(dict.fromkeys(commune for commune in communes if commune))


def get_feedback_by_claim(number: str, code: str) -> Feedback:
    """The feedback of this number if the claim code opens it; else Feedback.DoesNotExist, for whatever reason."""
    found = Feedback.objects.select_related(*RELATED).filter(matter__reference=number.strip().upper()).first()
    # The same work is done for a number that does not exist, so that its absence cannot be timed.
    key = settings.CLAIM_KEYS.get(found.claim_key_id if found else settings.CLAIM_KEY_ID, "")
    given, wanted = codes.claim_code_hash(key, code), found.claim_code_hash if found else ""
    if found is None or not hmac.compare_digest(given, wanted):
        raise Feedback.DoesNotExist
    return found


def proof_of_claim(feedback: Feedback) -> str:
    """What a browser is given once the claim code was shown: it names the code without being one."""
    return hashlib.sha256(f"shown:{feedback.claim_code_hash}".encode()).hexdigest()


def get_feedback_by_proof(number: str, proof: str) -> Feedback:
    """The feedback of this number if the proof stands for its claim code; else Feedback.DoesNotExist."""
    found = Feedback.objects.select_related(*RELATED).filter(matter__reference=number).first()
    if found is None or not hmac.compare_digest(proof, proof_of_claim(found)):
        raise Feedback.DoesNotExist
    return found


def post_with_any(person: Person, capabilities: Sequence[str], office: Office, day: date) -> Post:
    """The post by which the person may do one of these for the office; NotAllowed when there is none."""
    posts = (identity.post_for(person, day, each, office.path) for each in capabilities)
    found = next((post for post in posts if post), None)
    if found is None:
        raise NotAllowed(next(iter(capabilities), ""), office)
    return found


def get_led_office(person: Person, code: str, day: date) -> Office:
    """The office of this code whose feedback the person may count, by leading it or one above; else DoesNotExist."""
    found = Office.objects.get(code=code)
    if not identity.post_for(person, day, identity.LEAD, found.path):
        raise Office.DoesNotExist
    return found
