"""The triggers on PostgreSQL: per table one function, a trigger on its rows and one on TRUNCATE.

They fire always, in a session with `session_replication_role = replica` too. No schema is named: one province is one
schema, found by the search path. Rows are compared as JSON, so a column added later is kept without a new trigger.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.kernel.protection.declared import IS_KEPT, PREFIX, Blanking, Kept, event_exists, is_draft, name, text

# Bits of pg_trigger.tgtype: row 1, before 2, delete 8, update 16, truncate 32.
_KINDS = {"rows": ("UPDATE OR DELETE", "ROW", 1 + 2 + 8 + 16), "truncate": ("TRUNCATE", "STATEMENT", 2 + 32)}
_EXISTING = """
SELECT t.tgname, t.tgtype || t.tgenabled::text || p.proname || coalesce(t.tgqual::text, '') || p.prosrc
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""


def existing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The triggers of this module that the database has, with what they are and do."""
    with connection.cursor() as cursor:
        cursor.execute(_EXISTING)
        return {trigger: state for trigger, state in cursor.fetchall() if trigger.startswith(PREFIX)}


def expected(kept: Kept) -> dict[str, str]:
    """The triggers that this table ought to have, as `existing` says them."""
    return {
        f"{PREFIX}{kept.table}_{kind}": f"{bits}A{PREFIX}{kept.table}{_body(kept)}"
        for kind, (_, _, bits) in _KINDS.items()
    }


def create(kept: Kept) -> list[str]:
    """Statements that make the function and both triggers, whatever was there."""
    function = name(PREFIX + kept.table)
    statements = [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS {text(_body(kept))}",
    ]
    for kind, (verbs, each, _) in _KINDS.items():
        trigger, table = name(f"{PREFIX}{kept.table}_{kind}"), name(kept.table)
        statements += [
            f"CREATE OR REPLACE TRIGGER {trigger} BEFORE {verbs} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {function}()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}",
        ]
    return statements


def drop(trigger: str) -> list[str]:
    """Statements that take the trigger away."""
    table = trigger.removeprefix(PREFIX).rpartition("_")[0]
    return [f"DROP TRIGGER IF EXISTS {name(trigger)} ON {name(table)}"]


def _body(kept: Kept) -> str:
    return f"""
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF {_may_update(kept)} THEN RETURN NEW; END IF;
  ELSIF TG_OP = 'DELETE' THEN
    IF {is_draft(kept, "OLD.")} THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION '% {IS_KEPT}: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END"""


def _may_update(kept: Kept) -> str:
    if kept.blanking:
        return _only_blanks(kept.blanking)
    if not kept.may_change and not kept.draft:
        return "false"
    return f"{is_draft(kept, 'OLD.')} OR (NOT {is_draft(kept, 'NEW.')} AND {_same_but_for(kept.may_change)})"


def _only_blanks(blanking: Blanking) -> str:
    blank = [
        f"(NEW.{name(column)} IS NOT DISTINCT FROM OLD.{name(column)}"
        f" OR coalesce(NEW.{name(column)}::text, '') IN ('', '{{}}', '[]', 'null', '\\x'))"
        for column in blanking.columns
    ]
    return " AND ".join([_same_but_for(blanking.columns), *blank, event_exists(blanking)])


def _same_but_for(columns: tuple[str, ...]) -> str:
    free = f"ARRAY[{', '.join(text(column) for column in columns)}]::text[]"
    return f"(to_jsonb(NEW) - {free}) = (to_jsonb(OLD) - {free})"
