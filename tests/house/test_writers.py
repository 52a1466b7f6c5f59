"""Every writer leaves an event: a public service that changes rows reaches `ledger.record`."""

import ast
from collections.abc import Iterator

from tests.house import tree

WRITES = {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}
WRITES |= {"insert", "insert_all"}  # kernel.rows
ROOMS_THAT_ACT = ("dossiers", "oversight", "payments", "procedures", "portal")
# What is written before a matter exists has no chain to be recorded in; each of these writes one table and no other.
BEFORE_A_MATTER = {
    "motcua.dossiers.services.uploads": {"Upload"},
    "motcua.dossiers.services.pieces": {"Partial", "Piece"},
    "motcua.dossiers.services.drafts": {"Draft", "Typed"},
    "motcua.dossiers.services.scans": {"Scan"},
    "motcua.dossiers.services.phones": {"PhoneLink"},
    # Typing an answer is no act; filing it is, and is recorded.
    "motcua.dossiers.services.supplements.drafts": {"SupplementDraft"},
    # Looking changes nothing of the matter: it has a record of its own, to which rows are only added.
    "motcua.dossiers.services.accesses": {"Access", "Dossier"},
}
# Parts that acts are made of: whoever calls one records the event of the act, and is looked at itself.
PARTS = {
    "motcua.dossiers.services.course",
    "motcua.dossiers.services.timing",
    "motcua.dossiers.services.blanks.work",
    "motcua.dossiers.services.supplements.waiting",
    "motcua.oversight.services.directing",
    "motcua.dossiers.services.exchange.parts",
    "motcua.oversight.services.feedback.course",
}


def services(room: str) -> list[tree.Module]:
    return [module for module in tree.modules() if module.room == room and "services" in module.name.split(".")]


def called(function: tree.Function) -> set[str]:
    """The last names of everything it calls."""
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {getattr(target, "attr", getattr(target, "id", "")) for target in calls}


def reached(function: tree.Function, known: dict[str, tree.Function]) -> set[str]:
    """What it calls, and what the functions of the same services call for it."""
    seen: set[str] = set()
    waiting = [function]
    while waiting:
        names = called(waiting.pop()) - seen
        seen |= names
        waiting += [known[name] for name in names if name in known]
    return seen


def writers(room: str) -> Iterator[tuple[tree.Module, tree.Function, set[str]]]:
    """The public functions of a room's services that change rows, each with everything it reaches."""
    known = {function.name: function for module in services(room) for function in module.functions()}
    for module in services(room):
        for node in module.tree.body:
            if isinstance(node, tree.Function) and not node.name.startswith("_") and module.name not in PARTS:
                names = reached(node, known)
                if names & WRITES:
                    yield module, node, names


def test_every_service_that_changes_rows_leaves_an_event() -> None:
    found = [
        f"{module.at(node)} {node.name} changes rows and leaves no event"
        for room in ROOMS_THAT_ACT
        for module, node, names in writers(room)
        if "record" not in names and module.name not in BEFORE_A_MATTER
    ]
    assert not found, "\n".join(found)


def test_what_is_written_before_a_matter_exists_is_one_table() -> None:
    named = {
        module.name: {
            name.rpartition(".")[2] for _node, name in tree.imports(module.tree) if ".dossiers.models." in name
        }
        for module in services("dossiers")
        if module.name in BEFORE_A_MATTER
    }
    assert all(tables == BEFORE_A_MATTER[name] for name, tables in named.items()), named


def test_a_writer_is_asked_by_keyword() -> None:
    found = [
        f"{module.at(node)} {node.name}"
        for room in ROOMS_THAT_ACT
        for module, node, _ in writers(room)
        if node.args.args
    ]
    assert not found, "\n".join(found)
