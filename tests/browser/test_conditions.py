"""The vectors of the condition language, run by the script that citizens get: it must say what Python says."""

import json
from importlib import resources
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from tests import cast as casting

pytestmark = pytest.mark.browser
VECTORS: list[dict[str, Any]] = json.loads(
    resources.files("motcua.procedures").joinpath("data/conditions_vectors.json").read_text(encoding="utf-8")
)["vectors"]
RUN = """(vectors) => vectors.map((each) => window.motcua.conditions.evaluate(each.rule, each.answers, each.today))"""


def test_every_vector_says_in_the_browser_what_is_expected(page) -> None:
    town = f"/{casting.make().here.slug}/"
    shown = page(town)
    # From its own address, as a citizen's page loads it: the content policy allows no other way.
    shown.add_script_tag(url=staticfiles_storage.url("procedures/conditions.js"))
    said = shown.evaluate(RUN, VECTORS)
    wrong = [each["name"] for each, answer in zip(VECTORS, said, strict=True) if answer is not each["expect"]]
    assert not wrong, "\n".join(wrong)
    casting.forget()
