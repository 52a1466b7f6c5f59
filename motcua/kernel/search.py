"""Full text that forgives accents: one folded column, one face over SQLite and PostgreSQL.

Nouns: SearchEntry (what can be found, folded), fold. A room writes an entry with the row it describes, and asks with
its own rule of access in the same statement. It does not rank by meaning; synonyms belong to the room that knows the
words.
"""

from __future__ import annotations

import re
import unicodedata

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.kernel import rows

_NOT_A_WORD = re.compile(r"[^0-9a-z]+")
MAX_WORDS = 12


def fold(text: str) -> str:
    """Lower case without accents, words parted by one blank: "Hoà giải, Đất" and "hòa giải đất" are the same.

    đ is a letter of its own, not a d with a mark, so it is replaced by hand.
    """
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ð", "d"))
    return _NOT_A_WORD.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


class SearchEntry(models.Model):
    """Something that can be found by words. `key` is the id of the thing in its own table."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_search_entry_per_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


def index(kind: str, key: str, *texts: str, new: bool = False) -> None:
    """Make the thing findable by these texts, in the transaction that writes it; `new` spares looking for an older
    entry.

    Each text is a line of its own, an empty one too, so that who ranks knows which is which. A changed entry is
    written anew.
    """
    text = "\n".join(map(fold, texts))
    if not new:
        found = SearchEntry.objects.filter(kind=kind, key=key)
        if found.filter(text=text).exists():
            return
        found.delete()
    rows.insert(SearchEntry(kind=kind, key=key, text=text))


def forget(kind: str, key: str) -> None:
    """The thing can no longer be found by words."""
    SearchEntry.objects.filter(kind=kind, key=key).delete()


def matching(kind: str, text: str) -> models.QuerySet[SearchEntry]:
    """Entries of this kind in which every word of the text begins some word; none for a text without words."""
    words = fold(text).split()[:MAX_WORDS]
    if not words:
        return SearchEntry.objects.none()
    entries = SearchEntry.objects.filter(kind=kind)
    if connection.vendor == "postgresql":
        query = " & ".join(f"{word}:*" for word in words)
        return entries.extra(where=["to_tsvector('simple', text) @@ to_tsquery('simple', %s)"], params=[query])
    query = " ".join(f'"{word}"*' for word in words)
    return entries.extra(where=["id IN (SELECT rowid FROM kernel_search WHERE kernel_search MATCH %s)"], params=[query])


def newest(kind: str, limit: int) -> list[tuple[str, str]]:
    """Key and folded text of the last things of this kind whose ids grow with time: for comparing with a sentence."""
    return list(SearchEntry.objects.filter(kind=kind).order_by("-key").values_list("key", "text")[:limit])


def lines(kind: str) -> dict[str, list[str]]:
    """The folded texts of every thing of this kind, by its key: for a room that ranks a few hundred of its own."""
    found = SearchEntry.objects.filter(kind=kind).order_by("key").values_list("key", "text")
    return {key: text.split("\n") for key, text in found}


_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS kernel_search "
    "USING fts5(text, content='kernel_searchentry', content_rowid='id')",
    "DROP TRIGGER IF EXISTS kernel_search_insert",
    "DROP TRIGGER IF EXISTS kernel_search_delete",
    "DROP TRIGGER IF EXISTS kernel_search_update",
    "CREATE TRIGGER kernel_search_insert AFTER INSERT ON kernel_searchentry BEGIN "
    "INSERT INTO kernel_search(rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER kernel_search_delete AFTER DELETE ON kernel_searchentry BEGIN "
    "INSERT INTO kernel_search(kernel_search, rowid, text) VALUES ('delete', old.id, old.text); END",
    "CREATE TRIGGER kernel_search_update AFTER UPDATE ON kernel_searchentry BEGIN "
    "INSERT INTO kernel_search(kernel_search, rowid, text) VALUES ('delete', old.id, old.text); "
    "INSERT INTO kernel_search(rowid, text) VALUES (new.id, new.text); END",
)
_POSTGRES = ("CREATE INDEX IF NOT EXISTS kernel_search ON kernel_searchentry USING gin (to_tsvector('simple', text))",)


def install(using: BaseDatabaseWrapper) -> None:
    """Make the full-text index of this database; after every migrate, since a rebuilt table loses its triggers."""
    statements = _POSTGRES if using.vendor == "postgresql" else _SQLITE
    if SearchEntry._meta.db_table not in using.introspection.table_names():
        return
    with using.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
