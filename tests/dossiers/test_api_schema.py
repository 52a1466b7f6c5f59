"""The description of the API keeps its word: generated requests find no fault of ours and no undescribed answer."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance
from schemathesis.specs.openapi.checks import status_code_conformance as only_described_answers

from motcua.config.wsgi import application
from motcua.dossiers import limits
from tests.cast import Cast

OPERATIONS = [
    ("/api/v1/communes", "GET"),
    ("/api/v1/{commune}/procedures", "GET"),
    ("/api/v1/{commune}/procedures/{code}", "GET"),
    ("/api/v1/{commune}/procedures/{code}/form", "GET"),
    ("/api/v1/{commune}/uploads", "POST"),
    ("/api/v1/{commune}/filings", "POST"),
    ("/api/v1/{commune}/filings/{number}", "GET"),
    ("/api/v1/{commune}/filings/{number}/receipt", "GET"),
    ("/api/v1/{commune}/filings/{number}/sealed-receipt", "GET"),
    ("/api/v1/{commune}/filings/{number}/supplements", "POST"),
]
CHECKS = [not_a_server_error, only_described_answers, content_type_conformance, response_schema_conformance]
pytestmark = pytest.mark.django_db


@pytest.fixture
def described(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """The API as its own description has it; asked in this process, so the test's connection stays open."""
    monkeypatch.setattr(limits, "MOST_IN_DEMO", 10**9)
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


def test_the_description_is_openapi_3_1_and_names_every_operation(cast: Cast) -> None:
    found = Client().get("/api/v1/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    named = {(address, method.upper()) for address, methods in found["paths"].items() for method in methods}
    assert named == set(OPERATIONS)


@pytest.mark.parametrize(("address", "method"), OPERATIONS)
def test_no_generated_request_finds_a_fault(described, cast: Cast, address: str, method: str) -> None:
    operation = described[address][method]

    @given(case=operation.as_strategy(), real=st.booleans())
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def look(case, real: bool) -> None:
        if real and "commune" in (case.path_parameters or {}):
            case.path_parameters["commune"] = cast.here.slug
        response = case.call(headers={"Accept-Encoding": "identity"})
        case.validate_response(response, checks=CHECKS)

    look()
