"""Official numbers: unique by their pattern, given once."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from motcua.kernel import numbering

DAY = date(2026, 11, 23)


@pytest.mark.django_db
def test_numbers_run_per_agency_and_day() -> None:
    took = [numbering.take("H36.24", DAY), numbering.take("H36.24", DAY), numbering.take("H36.25", DAY)]
    assert took == ["H36.24-261123-0001", "H36.24-261123-0002", "H36.25-261123-0001"]
    assert numbering.take("H36.24", date(2026, 11, 24)) == "H36.24-261124-0001"


@pytest.mark.django_db
def test_without_a_day_in_the_pattern_numbers_run_through_the_year() -> None:
    pattern = "{n}/{yyyy}/{agency}"
    assert numbering.take("A", DAY, pattern) == "0001/2026/A"
    assert numbering.take("A", date(2026, 12, 31), pattern) == "0002/2026/A"
    assert numbering.take("A", date(2027, 1, 1), pattern) == "0001/2027/A"


@pytest.mark.django_db
def test_a_number_grows_beyond_four_digits() -> None:
    numbering.Counter.objects.create(scope="A/2026-11-23", last=9999)
    assert numbering.take("A", DAY) == "A-261123-10000"


@pytest.mark.parametrize("pattern", [numbering.DEFAULT_PATTERN, "{agency}/{yyyy}/{n}", "{n}-{dd}{mm}{yyyy}-{agency}"])
def test_a_pattern_that_is_unique_is_accepted(pattern: str) -> None:
    numbering.check_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["", "{n}", "{agency}-{n}", "{agency}-{yy}{mm}-{n}", "{agency}-{yy}{dd}-{n}", "{agency}-{yy}", "{yy}-{n}",
     "{agency}-{yy}-{n}-{colour}", "{agency}-{mm}{dd}-{n}"],
)  # fmt: skip
def test_a_pattern_that_could_give_a_number_twice_is_refused(pattern: str) -> None:
    with pytest.raises(numbering.BadPattern):
        numbering.check_pattern(pattern)


@pytest.mark.django_db(transaction=True)
def test_offices_that_ask_at_once_are_given_different_numbers() -> None:
    together, took = threading.Barrier(4, timeout=20), []

    def take() -> None:
        try:
            together.wait()
            for _ in range(5):
                with transaction.atomic():
                    took.append(numbering.take("A", DAY))
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(took) == [f"A-261123-{n:04d}" for n in range(1, 21)]
