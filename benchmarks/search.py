"""Finding a procedure by everyday words among the whole shipped catalogue."""

from datetime import date
from functools import partial
from pathlib import Path

from benchmarks import figures
from motcua.kernel import organisation
from motcua.procedures import queries, services, strict_yaml

QUERIES = Path(__file__).resolve().parent.parent / "tests" / "procedures" / "everyday_queries.yaml"
DAY = date(2026, 11, 23)


def run() -> None:
    """Print the median and the ninety-fifth percentile of the processor time, all statements included."""
    from django.utils import timezone

    services.load_catalogue(folder=services.SHIPPED, at=timezone.now())
    office = organisation.communes(DAY)[0]
    texts = [text for part in strict_yaml.loaded(QUERIES).values() for text, *_ in part]
    first = figures.cpu_ms(lambda: queries.listed(office, DAY, text="khai sinh"))
    times = [figures.cpu_ms(partial(queries.listed, office, DAY, text=text, limit=31)) for text in texts]
    figures.say("search, the first of a process (the ranking is made)", f"{first:.0f} ms")
    figures.say(f"search, {len(texts)} everyday queries, median", f"{figures.percentile(times, 50):.1f} ms")
    figures.say("search, p95", f"{figures.percentile(times, 95):.1f} ms", "≤ 10 ms")
