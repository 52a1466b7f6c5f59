"""The vectors of the condition language, run by the script that citizens get: it must say what Python says."""

import json
from importlib import resources
from typing import Any

import pytest

from tests import cast as casting

pytestmark = pytest.mark.browser
VECTORS: list[dict[str, Any]] = json.loads(
    resources.files("motcua.procedures").joinpath("data/conditions_vectors.json").read_text(encoding="utf-8")
)["vectors"]
SCRIPT = resources.files("motcua.procedures").joinpath("static/procedures/conditions.js")
RUN = """(vectors) => vectors.map((each) => window.motcua.conditions.evaluate(each.rule, each.answers, each.today))"""


def test_every_vector_says_in_the_browser_what_is_expected(page) -> None:
    town = f"/{casting.make().here.slug}/"
    shown = page(town)
    # Laid under the page by the browser itself: the page's own policy lets nobody add a script afterwards.
    shown.add_init_script(path=str(SCRIPT))
    shown.reload()
    said = shown.evaluate(RUN, VECTORS)
    wrong = [each["name"] for each, answer in zip(VECTORS, said, strict=True) if answer is not each["expect"]]
    assert not wrong, "\n".join(wrong)
    casting.forget()
