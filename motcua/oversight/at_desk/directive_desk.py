"""What the pages of conclusions and directives show, made for templates, and how directives stand in the inbox.
Reads only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.kernel import identity, ledger, worklist
from motcua.kernel.identity import Person
from motcua.kernel.tables import Column, Table
from motcua.kernel.worklist import Item, Queue, Told
from motcua.oversight import papers, policies, queries
from motcua.oversight.acting import directive_acts
from motcua.oversight.models import Conclusion, Directive
from motcua.oversight.queries import GivenDirective, Wanted
from motcua.oversight.queries.matrix import Cell, Matrix
from motcua.oversight.rules import directives as rules
from motcua.oversight.words import wording


def register() -> None:
    """Say how directives stand in the inbox."""
    to_do = Queue(
        "directives", _("Directives to carry out"), ("take_on", "carry_out"), frozenset({identity.ANSWER}), quiet=True
    )
    acts = ("decide_change", "judge_report", rules.OVERSEE)
    to_judge = Queue("reports", _("Reports to judge"), acts, frozenset({identity.OVERSEE}), quiet=True)
    worklist.register("directive", told, queues=[to_do, to_judge], aside=[rules.OVERSEE])


def told(items: Sequence[Item]) -> dict[int, Told]:
    """Whose it is and which step; one query."""
    rows = Directive.objects.filter(matter__in={item.matter_id for item in items}).values_list("pk", "office__name")
    whose = dict(rows)
    return {
        item.id: Told(reverse("directive", args=[item.reference]), whose[item.matter_id], wording.STEPS[item.step])
        for item in items
    }


# A spreadsheet is as wide as it must be.
MOST_IN_A_FILE = 200
FORMS = {"xlsx": "Excel", "csv": "CSV"}


def matrix_table(shown: Matrix) -> Table:
    """Offices below each other, tasks beside each other, and how many of each outcome."""
    columns = (
        Column("office", _("Office"), width=32),
        *(Column(reference, f"{reference}: {result}"[:200], width=20) for reference, result in shown.tasks),
        *(Column(code, mark.word, "number") for code, mark in wording.OUTCOMES.items()),
    )
    rows = [[row.office, *map(_word_of, row.cells), *row.counts.values()] for row in shown.rows]
    return Table(_("Who stands where"), columns, rows)


def _word_of(cell: Cell | None) -> str:
    return str(wording.OUTCOMES[cell.outcome].word) if cell else ""


def list_page(found: list[GivenDirective], wanted: Wanted, now: datetime) -> dict[str, Any]:
    """One page of the list, its filter, and where the next page is."""
    named = {"office": wanted.office, "conclusion": wanted.conclusion}
    query = urlencode({name: value for name, value in named.items() if value})
    more = len(found) > queries.PAGE
    outcomes = [
        {"code": code, "word": mark.word, "current": code == wanted.outcome} for code, mark in wording.OUTCOMES.items()
    ]
    return {
        "rows": [(row, row.outcome(now)) for row in found[: queries.PAGE]],
        "outcome": wanted.outcome,
        "outcomes": outcomes,
        "query": query,
        "wanted": wanted,
        "next": f"?{query}&outcome={wanted.outcome}&after={found[queries.PAGE - 1].id}" if more else "",
    }


def directive_page(person: Person, directive: Directive, now: datetime, day: date) -> dict[str, Any]:
    """Everything on its page but the form that is open."""
    offered = directive_acts.possible(person, directive, day)
    siblings = Directive.objects.filter(task=directive.task).exclude(pk=directive.pk)
    return {
        "directive": directive,
        "task": directive.task,
        "outcome": queries.directive_outcome(directive, now),
        "items": queries.open_steps(directive),
        "helping": queries.helping(directive),
        "turns": [(wording.TURNS[turn.kind], turn) for turn in directive.turns.select_related("by", "office", "file")],
        "others": siblings.count(),
        "conclusion": seen_conclusion(person, directive, day),
        "history": [
            (event, wording.EVENTS.get(event.type, event.type)) for event in queries.history_of_directive(directive)
        ],
        "acts": [(name, directive_acts.ACTS[name]) for name in offered],
    }


def seen_conclusion(person: Person, directive: Directive, day: date) -> Conclusion | None:
    """The conclusion it follows from, for those who may read it."""
    seen = policies.visible_conclusions(person, day).select_related("matter")
    return seen.filter(pk=directive.task.conclusion_id).first()


def conclusion_page(person: Person, conclusion: Conclusion, now: datetime, day: date) -> dict[str, Any]:
    """A conclusion paragraph by paragraph, each with what followed from it, as far as the reader may see that."""
    may_direct = policies.may_direct(person, conclusion.office, day)
    seen = policies.visible_directives(person, day).filter(task__conclusion=conclusion)
    lines = queries.directive_lines(seen.order_by("matter_id"))
    places = dict(seen.values_list("matter_id", "task__paragraph__no"))
    following: dict[int, list[tuple[GivenDirective, str]]] = {}
    for line in lines:
        following.setdefault(places[line.id], []).append((line, line.outcome(now)))
    issued = conclusion.issued_at is not None
    drafted = enumerate(papers.paragraphs(conclusion.text), 1)
    rows = conclusion.paragraphs.values_list("no", "text") if issued else drafted
    return {
        "conclusion": conclusion,
        "paragraphs": [
            {"no": no, "text": text, "heading": papers.is_heading(text), "directives": following.get(no, ())}
            for no, text in rows
        ],
        "may_direct": may_direct,
        "given": len(lines),
        "history": [(event, wording.EVENTS.get(event.type, event.type)) for event in ledger.history(conclusion.matter)],
    }
