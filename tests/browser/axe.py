"""axe-core in the page: WCAG 2.2 A and AA, and its best practices. None of its findings is let through."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
    const answer = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
    const line = (rule, node) => `${rule.id}: ${rule.help}\\n  ${node.html}\\n  ${node.failureSummary}`;
    return answer.violations.flatMap((rule) => rule.nodes.map((node) => line(rule, node)));
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true}))
    .filter((element) => !element.closest("p, li p, .govuk-hint, dd, .govuk-visually-hidden, .govuk-skip-link"))
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height && box.height < 43.5)
    .map(([element, box]) => `${Math.round(box.height)} px high: ${element.outerHTML.slice(0, 120)}`)"""


@cache
def _source() -> str:
    assert SOURCE.exists(), "axe-core is not here: run python -m motcua.config.assets --tests"
    return SOURCE.read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    """What axe has to say about the page as it stands."""
    page.evaluate(_source())
    found: list[str] = page.evaluate(RUN, TAGS)
    return found


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window; people scroll one way only."""
    return int(page.evaluate(SIDEWAYS))


def small_targets(page: Page) -> list[str]:
    """Controls lower than 44 px, other than links inside a sentence. For citizens' pages; the desk is denser."""
    found: list[str] = page.evaluate(SMALL)
    return found
