"""Which templates were in a page that was looked at, so that a run can say which ones nobody looked at."""

from pathlib import Path
from typing import Any

from django.test.signals import template_rendered

ROOT = Path(__file__).parents[2] / "motcua"
# Drawn since the last look, and in pages that were looked at; the served site runs in this process.
_drawn: set[str] = set()
_looked_at: set[str] = set()


def _note(template: Any, **_more: Any) -> None:
    if template.name:
        _drawn.add(template.name)


def begin() -> None:
    """Note what is drawn from now on."""
    template_rendered.connect(_note)


def looked_at() -> None:
    """What was drawn until now stood in pages that are sound."""
    _looked_at.update(_drawn)
    _drawn.clear()


def unseen() -> list[str]:
    """Our templates that were in none of these pages."""
    ours = {str(path).partition("/templates/")[2] for path in ROOT.rglob("templates/**/*.html")}
    return sorted(ours - _looked_at)
