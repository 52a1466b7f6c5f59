"""The papers of an application by the case that they are for, so that nobody reads those of other people's cases."""

from __future__ import annotations

from typing import Any

# So many papers, and people look for their own case first.
MOST_UNFOLDED = 12


def by_case(papers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The papers by the case that they are for, those of every case first; folded where there are many, but open where
    something is already there or wrong.
    """
    groups = [""] + [each for each in dict.fromkeys(paper["group"] for paper in papers) if each]
    many = len(groups) > 2 and len(papers) > MOST_UNFOLDED
    found: list[dict[str, Any]] = []
    for group in groups if many else [None]:
        own = [paper for paper in papers if group is None or paper["group"] == group]
        used = any(paper["files"] or paper["required"] or paper.get("errors") for paper in own)
        if own:
            first = bool(group) and not any(case["title"] for case in found)
            found.append({"title": group or "", "papers": own, "open": used, "first": first})
    return found
