"""Which tables are kept, and what little may change in them. Filled when the models are imported."""

# ruff: noqa: S608 - every name in these statements comes from the models, none from outside.

from dataclasses import dataclass

# Every refusal says these words, and every trigger and function has this beginning.
IS_KEPT = "is kept"
PREFIX = "motcua_keep_"
EVENTS = "kernel_event"


@dataclass(frozen=True)
class Blanking:
    """These columns may become empty, and nothing else, once the matter has an event of this type.

    `matter_column` is the column that holds the matter's id: of the row itself, or of the row of another table that it
    names, `through` being that table and the row's own column with its id.
    """

    columns: tuple[str, ...]
    event_type: str
    matter_column: str = "matter_id"
    through: tuple[str, str] | None = None


@dataclass(frozen=True)
class Kept:
    """One kept table. Rows whose `draft` column has the draft value are free until they leave that state."""

    table: str
    draft: tuple[str, str] | None = None
    may_change: tuple[str, ...] = ()
    blanking: Blanking | None = None


KEPT: dict[str, Kept] = {}


def append_only(table: str, *, blanking: Blanking | None = None) -> None:
    """Rows are only ever added."""
    KEPT[table] = Kept(table, blanking=blanking)


def frozen(
    table: str, *, unless_column: str | None = None, equals: str | None = None, may_change: tuple[str, ...] = ()
) -> None:
    """Rows stay as they are but for the columns that may change; a row in its draft state is still free.

    A row that has left the draft state never returns to it, and is never deleted.
    """
    draft = (unless_column, equals) if unless_column is not None and equals is not None else None
    KEPT[table] = Kept(table, draft=draft, may_change=may_change)


def text(value: str) -> str:
    """As a text literal in SQL."""
    return "'" + value.replace("'", "''") + "'"


def name(column: str) -> str:
    """As a name in SQL."""
    return '"' + column.replace('"', '""') + '"'


def is_draft(kept: Kept, row: str = "") -> str:
    """SQL that is true for a row still in its draft state; `row` is OLD or NEW with its dot."""
    if kept.draft is None:
        return "1=0"
    column, value = kept.draft
    return f"coalesce({row}{name(column)} = {text(value)}, 1=0)"


def event_exists(blanking: Blanking) -> str:
    """SQL that is true when the row's matter has the event that allows blanking."""
    matter = f"OLD.{name(blanking.matter_column)}"
    if blanking.through is not None:
        table, column = blanking.through
        matter = f"(SELECT up.{name(blanking.matter_column)} FROM {name(table)} AS up WHERE up.id = OLD.{name(column)})"
    return (
        f"EXISTS (SELECT 1 FROM {name(EVENTS)} AS said WHERE said.type = {text(blanking.event_type)} "
        f"AND said.matter_id = {matter})"
    )
