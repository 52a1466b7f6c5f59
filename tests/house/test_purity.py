"""What is pure stays pure: rules ask no clock and nobody's database. Imports are import-linter's; calls are ours."""

import ast

from tests.house import tree

PURE = ("rules", "events")
PURE_KERNEL = (
    "motcua.kernel.calendar",
    "motcua.kernel.clock",
    "motcua.kernel.workflow",
    "motcua.kernel.money",
    "motcua.kernel.tables",
)
ASKS_THE_CLOCK = {"now", "today", "utcnow", "localdate", "localtime"}
# Where a moment enters: the outermost parts that stand before a person, a machine or a process.
READS_THE_CLOCK = {"views", "api", "cli", "tasks", "access", "middleware", "sign_in", "context", "checks", "settings"}


def asked_moments(module: tree.Module) -> list[str]:
    return [
        f"{module.at(node)} asks the clock"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ASKS_THE_CLOCK
        # With a moment given, `localdate` and its like only translate it.
        and (node.func.attr == "now" or not node.args)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"timezone", "datetime", "date"}
    ]


def test_pure_modules_and_services_are_told_the_time() -> None:
    found = [
        sentence
        for module in tree.modules()
        if not READS_THE_CLOCK.intersection(module.name.split("."))
        for sentence in asked_moments(module)
    ]
    assert not found, "\n".join(found)


def test_no_service_takes_a_request() -> None:
    found = [
        f"{module.at(function)} {function.name}"
        for module in tree.modules()
        if {"services", "queries", "policies", "rules"}.intersection(module.name.split("."))
        for function in module.functions()
        for argument in [*function.args.args, *function.args.kwonlyargs]
        if argument.annotation is not None and "HttpRequest" in ast.unparse(argument.annotation)
    ]
    assert not found, "\n".join(found)
