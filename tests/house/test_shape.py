"""Small files, small functions, no cupboards; and each module says what it is for."""

import ast
import statistics

from tests.house import tree

MOST_LINES_IN_A_FILE = 300
MOST_LINES_IN_A_FUNCTION = 50
MOST_LINES_IN_A_VIEW = 15
CUPBOARDS = {"utils", "util", "helpers", "common", "managers", "signals", "constants", "exceptions", "misc"}
# No repository, unit of work or do-it-all: named by what they are not.
SUFFIXES = ("Helper", "Handler", "Service", "Utils")


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    found = [f"{module.name}: {module.lines} lines" for module in tree.modules() if module.lines > MOST_LINES_IN_A_FILE]
    assert not found, "\n".join(found)


def test_no_function_is_longer_than_a_screen() -> None:
    found = [
        f"{module.at(function)} {function.name}: {tree.length(function)} lines"
        for module in tree.modules()
        for function in module.functions()
        if tree.length(function) > MOST_LINES_IN_A_FUNCTION
    ]
    assert not found, "\n".join(found)


def test_half_of_all_functions_have_less_than_ten_lines() -> None:
    lengths = [tree.length(function) for module in tree.modules() for function in module.functions()]
    assert statistics.median(lengths) < 10


def test_a_view_reads_asks_once_and_answers() -> None:
    found = [
        f"{module.at(function)} {function.name}: {len(function.body)} statements, {tree.length(function)} lines"
        for module in tree.modules()
        if "views" in module.name.split(".") or module.name.endswith((".views", ".api"))
        for function in module.functions()
        if tree.length(function) > MOST_LINES_IN_A_VIEW
    ]
    assert not found, "\n".join(found)


def test_every_module_says_what_it_is_for() -> None:
    found = [module.name for module in tree.modules() if module.text.strip() and not ast.get_docstring(module.tree)]
    assert not found, "\n".join(found)


def test_a_room_begins_with_words_not_code() -> None:
    for room in tree.ROOMS:
        module = next(module for module in tree.modules() if module.name == f"motcua.{room}")
        assert len(module.tree.body) == 1, f"{module.name} holds code"


def test_there_is_no_cupboard() -> None:
    found = [module.name for module in tree.modules() if CUPBOARDS.intersection(module.name.split("."))]
    assert not found, "\n".join(found)


def test_classes_are_named_after_things() -> None:
    found = [
        f"{module.at(node)} {node.name}"
        for module in tree.modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(SUFFIXES)
    ]
    assert not found, "\n".join(found)
