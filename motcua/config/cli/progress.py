"""A bar for long work, on a terminal; silence in a log."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

# How far it is: how many are done, of how many.
Step = Callable[[int, int], None]


@contextmanager
def bar(title: str) -> Iterator[Step]:
    """Yields what the worker calls after each piece."""
    with tqdm(desc=title, unit="", disable=not sys.stderr.isatty(), leave=False) as shown:

        def step(done: int, total: int) -> None:
            shown.total = total
            shown.update(done - shown.n)

        yield step
