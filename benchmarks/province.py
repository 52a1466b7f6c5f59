"""The screen of all communes with 124 of them and a million dossiers, and each of its parts.

Rows are written in bulk by the database itself: what is measured is reading, so filings and chains are left out.
"""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.utils import timezone

from benchmarks import figures, filing
from motcua.config.engine import care
from motcua.dossiers.models import Dossier
from motcua.kernel import organisation
from motcua.kernel.identity import Account, Person, Post, Role
from motcua.kernel.organisation import Office
from motcua.oversight.models import Difficulty
from motcua.ui.here import Here

COMMUNES, DOSSIERS, DAYS, ROUNDS = 124, 1_000_000, 365, 20
# Of a thousand dossiers so many are still open, of these so many late, and so many wait for a paper.
OPEN, LATE, STILL, DIFFICULTIES = 20, 100, 60, 1_500
BUDGET = "≤ 300 ms"


def run() -> None:
    """Print the ninety-fifth percentile of the wall-clock time of each page, with its statements."""
    filing.Ours(Client()).file()
    communes = _communes()
    posts = _posts(communes)
    _dossiers(communes, posts)
    _difficulties(communes)
    care.tend(connection)
    figures.say("communes, dossiers", f"{len(communes)}, {Dossier.objects.count():,}")
    province = organisation.installation().province  # type: ignore[union-attr]
    governor = _signed_in(Person.objects.get(posts__role__code="province_leader", posts__office=province))
    year = timezone.localdate() - timedelta(days=DAYS - 1)
    for words, query in (
        ("this month", ""),
        ("this month, by name", "?sort=commune"),
        ("a whole year, every dossier", f"?from={year}&to={timezone.localdate()}"),
    ):
        _measure(governor, f"/desk/province/{query}", words)
    _measure(governor, "/desk/province/figures.xlsx", "as a spreadsheet")
    leader = Post.objects.filter(office__in=communes, role__code="leader").latest("pk")
    _measure(_signed_in(leader.person), "/desk/province/", "a commune's own")


def _measure(client: Client, page: str, words: str) -> None:
    def ask() -> None:
        assert client.get(page).status_code == 200

    ask()
    with figures.statements() as seen:
        ask()
    taken = figures.percentile([figures.wall_ms(ask) for _ in range(ROUNDS)], 95)
    figures.say(f"all communes, {words} ({len(seen)} statements), p95", f"{taken:.0f} ms", BUDGET)


def _signed_in(person: Person) -> Client:
    client = Client()
    account, _made = Account.objects.get_or_create(person=person, defaults={"username": f"bench-{person.pk}"})
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def _communes() -> list[Office]:
    """The demonstration's, and as many more as make a province."""
    province = Office.objects.get(kind=organisation.PROVINCE)
    begun = province.valid_from
    for n in range(COMMUNES - Office.objects.communes().count()):
        commune = organisation.open_office(
            code=f"bench-{n}", kind="commune", name=f"Xã Mẫu {n}", slug=f"bench-{n}", parent=province, valid_from=begun
        )
        for part in ("tt", "vp", "kt", "vx"):
            code = f"{commune.code}-{part}"
            organisation.open_office(code=code, kind="division", name=code, parent=commune, valid_from=begun)
    return list(Office.objects.communes().order_by("pk"))


def _posts(communes: list[Office]) -> list[Post]:
    """Twenty people in each commune; the first leads."""
    roles = list(Role.objects.filter(code__in=("leader", "case_officer", "approver")).order_by("code"))
    leader = next(role for role in roles if role.code == "leader")
    for commune in communes:
        people = Person.objects.bulk_create(
            Person(full_name=f"Người Mẫu {commune.code} {n}", email=f"{n}@{commune.code}.example") for n in range(20)
        )
        Post.objects.bulk_create(
            Post(
                person=person,
                office=commune,
                role=roles[n % len(roles)] if n else leader,
                valid_from=commune.valid_from,
            )
            for n, person in enumerate(people)
        )
    return [posts[0] for posts in (list(Post.objects.filter(office=each).order_by("-pk")[:1]) for each in communes)]


_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)"
_MATTERS = """INSERT INTO kernel_matter (id, kind, reference, title, opened_at, closed_at, visibility)
{numbers} SELECT printf('%%032x', i), 'dossier', 'BENCH-' || i, 'Mẫu', {filed}, NULL, 'parties' FROM n"""
_DOSSIERS = """INSERT INTO dossiers_dossier ({columns})
{numbers} SELECT {values} FROM n JOIN bench_commune c ON c.n = i %% {communes}, dossiers_dossier d
WHERE d.matter_id = %s"""
_EVENTS = """INSERT INTO kernel_event
(matter_id, seq, op_id, type, office_id, actor_id, post_id, on_behalf_of_id, at, payload, prev_hash, hash)
{numbers} SELECT printf('%%032x', i), 1, NULL, 'dossiers.received', c.office, c.person, c.post, NULL, {filed},
'{{}}', '', '' FROM n JOIN bench_commune c ON c.n = i %% {communes}"""
_CLOCKS = """INSERT INTO kernel_clockentry (matter_id, seq, kind, at, until, reason, evidence, calendar_version)
SELECT matter_id, %s, %s, strftime('%%Y-%%m-%%d %%H:%%M:%%S', received_at, %s), NULL, '', '', %s
FROM dossiers_dossier WHERE state = 'supplement_requested'"""


def _dossiers(communes: list[Office], posts: list[Post]) -> None:
    """A million, spread over the year and the communes, oldest first."""
    pattern = Dossier.objects.latest("filed_at")
    span = DAYS * 86_400
    ago = f"({span} - CAST(i * {span}.0 / {DOSSIERS} AS INTEGER))"
    filed = f"strftime('%%Y-%%m-%%d %%H:%%M:%%S', 'now', '-' || {ago} || ' seconds')"
    is_open = f"i %% 1000 < {OPEN} OR i > {DOSSIERS} - 20000"
    still = f"i %% {OPEN * STILL} = 0"
    due = f"strftime('%%Y-%%m-%%d %%H:%%M:%%S', {filed}, '+4 days')"
    settled = f"strftime('%%Y-%%m-%%d %%H:%%M:%%S', {filed}, '+' || (i %% 5) || ' days')"
    told = {
        "matter_id": "printf('%%032x', i)",
        "competent_office_id": "c.office",
        "channel": "CASE i %% 3 WHEN 0 THEN 'direct' ELSE 'online' END",
        "filed_at": filed,
        "received_at": filed,
        "state": f"CASE WHEN {still} THEN 'supplement_requested' WHEN {is_open} THEN 'processing' ELSE 'returned' END",
        "due_at": f"CASE WHEN {still} THEN NULL ELSE {due} END",
        "settled_at": f"CASE WHEN {still} OR {is_open} THEN NULL ELSE {settled} END",
        "returned_at": f"CASE WHEN {still} OR {is_open} THEN NULL ELSE {settled} END",
        "limit": """'{{"value": 3, "unit": "working_day"}}'""".replace("{{", "{").replace("}}", "}"),
    }
    columns = [str(field.column) for field in Dossier._meta.concrete_fields]
    values = ", ".join(told.get(column, f'd."{column}"') for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE bench_commune (n INTEGER PRIMARY KEY, office INTEGER, post INTEGER, person INTEGER)"
        )
        rows = [
            (n, office.pk, post.pk, post.person_id)
            for n, (office, post) in enumerate(zip(communes, posts, strict=True))
        ]
        cursor.executemany("INSERT INTO bench_commune VALUES (%s, %s, %s, %s)", rows)
        given = {"numbers": _NUMBERS, "filed": filed, "communes": len(communes)}
        cursor.execute(_MATTERS.format(**given), [DOSSIERS])
        quoted = ", ".join(f'"{column}"' for column in columns)
        cursor.execute(_DOSSIERS.format(columns=quoted, values=values, **given), [DOSSIERS, pattern.pk.hex])
        cursor.execute(_EVENTS.format(**given), [DOSSIERS])
        version = pattern.calendar_version or 1
        cursor.execute(_CLOCKS, [1, "start", "+0 days", version])
        cursor.execute(_CLOCKS, [2, "pause", "+1 days", version])


def _difficulties(communes: list[Office]) -> None:
    """Raised by a service, once; copies of it everywhere."""
    from motcua.kernel.matters import Matter, new_id
    from motcua.oversight import services

    now = timezone.now()
    pattern = services.raise_difficulty(text="Mẫu", topic="other", here=Here(), office=communes[0], at=now)
    fields = [field.attname for field in Difficulty._meta.concrete_fields if field.attname != "matter_id"]
    same = {name: getattr(pattern, name) for name in fields}
    sectors = ("ho-tich", "chung-thuc", "dat-dai", "")
    for n in range(DIFFICULTIES):
        matter = Matter(id=new_id(), kind="difficulty", reference=f"BENCH-VM-{n}", title="Mẫu", opened_at=now)
        matter.save(force_insert=True)
        changed = {"commune": communes[n % len(communes)], "sector": sectors[n % 4]}
        given = {name: value for name, value in same.items() if name not in ("commune_id", "sector")}
        Difficulty(matter=matter, **given, **changed).save(force_insert=True)
