"""Measuring: processor time, statements, and how a row of figures is printed."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


def cpu_ms(act: Callable[[], Any]) -> float:
    """Processor time of this process for one act, in milliseconds."""
    before = time.process_time()
    act()
    return (time.process_time() - before) * 1000


def wall_ms(act: Callable[[], Any]) -> float:
    """Wall-clock time of one act, in milliseconds."""
    before = time.perf_counter()
    act()
    return (time.perf_counter() - before) * 1000


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every SQL statement sent meanwhile, transactions' own not counted."""
    seen: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield seen


def percentile(values: list[float], percent: int) -> float:
    """The value below which that share of the values lies."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def say(name: str, value: str, budget: str = "") -> None:
    """One line of the report."""
    print(f"{name:<58} {value:>18}   {budget}", flush=True)
