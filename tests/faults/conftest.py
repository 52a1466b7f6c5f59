"""A demonstration made once for the run, copied for each test; the table of figures at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults import proof
from tests.faults.centre import Centre


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    """A demonstration on SQLite that nobody serves: a real centre would slow the clients down, as it should."""
    made = Centre(tmp_path_factory.mktemp("model") / "data")
    made.command("demo")
    return made


@pytest.fixture
def centre(model: Centre, tmp_path: Path) -> Iterator[Centre]:
    """A centre of this test's own, not started."""
    own = model.copied(tmp_path)
    yield own
    own.stop()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The figures, for the closing note."""
    if proof.TABLE:
        terminalreporter.section("faults")
        for what, figure in proof.TABLE:
            terminalreporter.write_line(f"{what:<66} {figure}")
