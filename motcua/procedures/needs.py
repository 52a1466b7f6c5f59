"""What somebody has to bring, as a page says it: papers for everybody first, then those of single cases.

Nouns: Needs, Case (papers that belong together, under a heading of the catalogue). The law often lists the same paper
for each of ten cases; a page that listed them all in a row could not be read.
"""

from __future__ import annotations

from dataclasses import dataclass

from motcua.procedures import guidance
from motcua.procedures.definition import Component, Definition

# So many papers in cases, and a reader looks for the own case first.
MOST_OPEN = 12


@dataclass(frozen=True, slots=True)
class Case:
    """Papers under one heading."""

    title: str
    papers: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """Papers for everybody under three headings, and those of single cases; `folded` when the cases are many."""

    everybody: tuple[Case, ...]
    cases: tuple[Case, ...]

    def __bool__(self) -> bool:
        return bool(self.everybody or self.cases)

    @property
    def folded(self) -> bool:
        """Whether a reader does better to open the own case than to scroll through all of them."""
        return len(self.cases) > 1 and sum(len(case.papers) for case in self.cases) > MOST_OPEN


def of(definition: Definition) -> Needs:
    """What this procedure needs; the declaration is the form itself and no paper."""
    papers = [each for each in definition.components if each.role != "declaration"]
    groups = list(dict.fromkeys(each.group for each in papers))
    if len(groups) < 2:
        return Needs(_by_role(papers), ())
    alone = [each for each in papers if not each.group]
    cases = tuple(Case(group, tuple(each for each in papers if each.group == group)) for group in groups if group)
    return Needs(_by_role(alone), cases)


def _by_role(papers: list[Component]) -> tuple[Case, ...]:
    return tuple(Case(title, tuple(found)) for title, found in guidance.by_role(papers))
