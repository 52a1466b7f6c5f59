"""Who may see and do what here. The only way for a person to get at a difficulty.

An office sees what it is a party to. What an officer raised without asking for discretion can be read by every officer
of the province, so that nobody asks the same twice; the department alone acts on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core import signing
from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.kernel import identity, organisation
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import HELPING, Matter, MatterParty, WorkItem
from motcua.kernel.organisation import Office
from motcua.oversight.models import (
    Conclusion,
    Difficulty,
    Directive,
    Guidance,
    GuidingDocument,
    Host,
    Visit,
)
from motcua.oversight.rules import difficulties as rules

RELATED = ("matter", "office", "commune", "holder", "raised_by")
OF_GUIDANCE = ("matter", "document__matter", "difficulty__matter", "by", "office", "area")
OF_DIRECTIVE = ("matter", "task__paragraph", "task__conclusion__matter", "office", "issuer")
OF_VISIT = ("matter", "office", "planned_by")
OF_CONCLUSION = ("matter", "office", "drafted_by", "paper")
# Read by every officer; the others are for the parties.
OFFICERS = "officers"


class NotAllowed(PermissionError):
    """The person holds no post that allows this act here."""

    def __init__(self, capability: str, office: Office) -> None:
        super().__init__(f"{capability} in {office.code}")
        self.capability, self.office = capability, office


def visible_difficulties(person: Person, day: date) -> QuerySet[Difficulty]:
    """Those that this person may read."""
    posts = identity.posts_of(person, day)
    party = MatterParty.objects.current().filter(matter=OuterRef("pk"), office__in=[post.office_id for post in posts])
    shared = Q(matter__visibility=OFFICERS) if posts else Q(pk__in=[])
    return Difficulty.objects.filter(shared | Exists(party))


def get_difficulty(person: Person, number: str, day: date) -> Difficulty:
    """The difficulty of this number if the person may read it; else Difficulty.DoesNotExist."""
    return visible_difficulties(person, day).select_related(*RELATED).get(matter__reference=number)


def post_in(person: Person, office: Office, day: date) -> Post:
    """A post that the person holds in this very office; NotAllowed when there is none."""
    post = next((post for post in identity.posts_of(person, day) if post.office_id == office.pk), None)
    if post is None:
        raise NotAllowed("post", office)
    return post


def post_to_speak(person: Person, difficulty: Difficulty, day: date) -> Post:
    """The post by which the person may clarify, confirm or take back: whoever raised it, a colleague of that office, or
    who leads it. NotAllowed when there is none.
    """
    path = difficulty.office.path
    for post in identity.posts_of(person, day):
        leads = identity.OVERSEE in post.role.capabilities and path.startswith(post.office.path)
        if leads or post.office.path.startswith(path) or person.pk == difficulty.raised_by_id:
            return post
    raise NotAllowed("speak", difficulty.office)


def get_guidance(person: Person, reference: str, day: date) -> Guidance:
    """The entry of this number if it holds where the person works; else Guidance.DoesNotExist."""
    codes = {code for post in identity.posts_of(person, day) for code in post.office.codes}
    return Guidance.objects.select_related(*OF_GUIDANCE).get(matter__reference=reference, area__code__in=codes)


def get_document(person: Person, reference: str, day: date) -> GuidingDocument:
    """The document of this number if it is kept where the person works; else GuidingDocument.DoesNotExist."""
    codes = {code for post in identity.posts_of(person, day) for code in post.office.codes}
    found = GuidingDocument.objects.select_related("matter", "office", "area", "registered_by")
    return found.get(matter__reference=reference, area__code__in=codes)


def publishing_offices(person: Person, day: date) -> tuple[Office, ...]:
    """The offices in whose name the person may publish guidance and register documents."""
    posts = identity.posts_of(person, day)
    return tuple(dict.fromkeys(post.office for post in posts if identity.ANSWER in post.role.capabilities))


def province_of(person: Person, day: date) -> Office:
    """The province in which the person works."""
    return Office.objects.get(code=identity.posts_of(person, day)[0].office.codes[0])


def arranges(person: Person, province: Office, day: date) -> bool:
    """Whether the person says who answers for what in this province, and how long it may take."""
    return identity.post_for(person, day, identity.OVERSEE, province.path) is not None


def reader_token(person: Person) -> str:
    """Opens the feed to whoever has it, as long as the person holds a post."""
    return signing.Signer(salt="oversight.feed").sign(str(person.pk))


def get_reader(token: str, day: date) -> Person:
    """Whose feed this address opens; Person.DoesNotExist for a token that is none, or of somebody who has left."""
    try:
        pk = signing.Signer(salt="oversight.feed").unsign(token)
    except signing.BadSignature:
        raise Person.DoesNotExist from None
    person = Person.objects.get(pk=pk, account__is_active=True)
    if not identity.posts_of(person, day):
        raise Person.DoesNotExist
    return person


def may_answer(person: Person, difficulty: Difficulty, day: date) -> bool:
    """Whether a post lets the person act for the office that has it."""
    capability = rules.CAPABILITY_OF_STATE.get(difficulty.state)
    return bool(capability and identity.post_for(person, day, capability, difficulty.holder.path))


def may_speak(person: Person, difficulty: Difficulty, day: date) -> bool:
    """Whether the person may act for those who raised it."""
    try:
        post_to_speak(person, difficulty, day)
    except NotAllowed:
        return False
    return True


def post_for(person: Person, capability: str, office: Office, day: date) -> Post:
    """The post by which the person may do this for the office; NotAllowed when there is none."""
    post = identity.post_for(person, day, capability, office.path)
    if post is None:
        raise NotAllowed(capability, office)
    return post


def post_to_erase(person: Person, offices: Sequence[Office], day: date) -> Post:
    """The post by which the person may erase what these offices keep of somebody: whoever leads one of them. NotAllowed
    when there is none.
    """
    for office in offices:
        for capability in (identity.LEAD, identity.OVERSEE):
            if post := identity.post_for(person, day, capability, office.path):
                return post
    raise NotAllowed(identity.LEAD, offices[0])


def may_erase(person: Person, matter: Matter, offices: Sequence[Office], day: date) -> bool:
    """Whether it is over and the person leads an office that keeps it."""
    try:
        return matter.closed_at is not None and bool(post_to_erase(person, offices, day))
    except NotAllowed:
        return False


# --- conclusions and directives --------------------------------------------------------------------------------------
def offices_of(person: Person, day: date) -> list[int]:
    """The offices for which the person works: those of the posts, and the commune or department around each."""
    posts = identity.posts_of(person, day)
    codes = {code for post in posts for code in post.office.codes}
    around = Office.objects.filter(code__in=codes, kind__in=[organisation.COMMUNE, organisation.DEPARTMENT])
    return [*{*(post.office_id for post in posts), *around.values_list("pk", flat=True)}]


def overseen(person: Person, day: date) -> list[str]:
    """The paths of the offices that the person leads."""
    posts = identity.posts_of(person, day)
    return [post.office.path for post in posts if identity.OVERSEE in post.role.capabilities]


def _seen(person: Person, day: date, office: str) -> Q:
    """A party, or an office that the person leads."""
    current = MatterParty.objects.current().filter(matter=OuterRef("pk"), office__in=offices_of(person, day))
    led = Q(pk__in=[])
    for path in overseen(person, day):
        led |= Q(**{f"{office}__path__startswith": path})
    return led | Q(Exists(current))


def visible_directives(person: Person, day: date) -> QuerySet[Directive]:
    """Those to which the person's office is a party, and those of offices that the person leads."""
    return Directive.objects.filter(_seen(person, day, "office"))


def visible_conclusions(person: Person, day: date) -> QuerySet[Conclusion]:
    """Issued ones by the same rule; a draft is seen by who may change it."""
    drafts = Q(issued_at=None) & ~Q(office__in=directing_offices(person, day))
    return Conclusion.objects.filter(_seen(person, day, "office")).exclude(drafts)


def get_directive(person: Person, reference: str, day: date) -> Directive:
    """The directive of this number if the person may read it; else Directive.DoesNotExist."""
    found = visible_directives(person, day).select_related(*OF_DIRECTIVE, "task__given_by")
    return found.get(matter__reference=reference)


def get_conclusion(person: Person, reference: str, day: date) -> Conclusion:
    """The conclusion of this number if the person may read it; else Conclusion.DoesNotExist."""
    return visible_conclusions(person, day).select_related(*OF_CONCLUSION).get(matter__reference=reference)


def directing_offices(person: Person, day: date) -> tuple[Office, ...]:
    """The offices in whose name the person may conclude and direct."""
    posts = identity.posts_of(person, day)
    return tuple(dict.fromkeys(post.office for post in posts if identity.OVERSEE in post.role.capabilities))


def post_to_direct(person: Person, office: Office, day: date) -> Post:
    """The post by which the person concludes, directs and judges for this office; NotAllowed when there is none."""
    return post_for(person, identity.OVERSEE, office, day)


def post_below(person: Person, office: Office, day: date) -> Post:
    """A post in this office or below it; NotAllowed when there is none."""
    for post in identity.posts_of(person, day):
        if post.office.path.startswith(office.path):
            return post
    raise NotAllowed("post", office)


def post_to_carry_out(person: Person, directive: Directive, day: date) -> Post:
    """The post by which the person acts for the office that must do it: who answers or leads there, or who has it in
    hand. NotAllowed when there is none; whoever gave it never does it for them.
    """
    for post in identity.posts_of(person, day):
        answers = {identity.ANSWER, identity.OVERSEE} & set(post.role.capabilities)
        if answers and post.office.path.startswith(directive.office.path):
            return post
    mine = WorkItem.objects.filter(matter=directive.matter_id, closed_by=None, assignee=person, step="carry_out")
    if mine.exists():
        return post_below(person, directive.office, day)
    raise NotAllowed(identity.ANSWER, directive.office)


def may_carry_out(person: Person, directive: Directive, day: date) -> bool:
    """Whether the person acts for the office that must do it."""
    try:
        post_to_carry_out(person, directive, day)
    except NotAllowed:
        return False
    return True


def may_direct(person: Person, office: Office, day: date) -> bool:
    """Whether the person concludes and judges for this office."""
    return identity.post_for(person, day, identity.OVERSEE, office.path) is not None


# --- visits ----------------------------------------------------------------------------------------------------------
def visible_visits(person: Person, day: date) -> QuerySet[Visit]:
    """Of the offices that the person leads, that visit, that take part or that are visited."""
    return Visit.objects.filter(_seen(person, day, "office"))


def get_visit(person: Person, reference: str, day: date) -> Visit:
    """The visit of this number if the person may read it; else Visit.DoesNotExist."""
    return visible_visits(person, day).select_related(*OF_VISIT).get(matter__reference=reference)


def post_to_write(person: Person, visit: Visit, day: date) -> Post:
    """The post by which the person writes down what was seen: who leads the office that visits, or somebody of a
    department that takes part. NotAllowed when there is none.
    """
    leading = identity.post_for(person, day, identity.OVERSEE, visit.office.path)
    helping = MatterParty.objects.current().filter(matter=visit.matter_id, capacity=HELPING)
    offices = set() if leading else set(helping.values_list("office_id", flat=True))
    found = (post for post in identity.posts_of(person, day) if post.office_id in offices)
    post = leading or next(found, None)
    if post is None:
        raise NotAllowed(identity.OVERSEE, visit.office)
    return post


def may_write(person: Person, visit: Visit, day: date) -> bool:
    """Whether the person writes down what was seen."""
    try:
        post_to_write(person, visit, day)
    except NotAllowed:
        return False
    return True


def get_host(person: Person, visit: Visit, slug: str, day: date) -> Host:
    """The commune of a visit that the person goes along on; else Host.DoesNotExist."""
    if not may_write(person, visit, day):
        raise Host.DoesNotExist
    return visit.hosts.select_related("commune", "visit__matter", "visit__office").get(commune__slug=slug)
