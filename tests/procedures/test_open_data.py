"""What machines read: linked data that other people's shapes accept, feeds, sitemaps, and a list on a foreign page."""

import json
import os
import xml.etree.ElementTree as ElementTree
from datetime import UTC, date, datetime
from pathlib import Path

import feedparser
import pyshacl
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries
from rdflib import DCTERMS, RDF, Graph, Namespace, URIRef

from motcua.procedures import bulk
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from motcua.procedures.open_data.turtle import Literal, document, node
from tests.cast import BIRTH, CERTIFY, NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).resolve().parents[3] / "shared" / "conformance"
CPSV, CV = Namespace("http://purl.org/vocab/cpsv#"), Namespace("http://data.europa.eu/m8g/")
HOST = "http://testserver"


@pytest.fixture
def town(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a commune with the two procedures of the shipped catalogue that say most."""
    at = datetime(2026, 7, 2, tzinfo=UTC)
    for code in (BIRTH, CERTIFY):
        path = next(catalogue.SHIPPED.rglob(f"{code}.yaml"))
        doc, begins = catalogue.document(path)
        catalogue.publish_version(doc=doc, at=at, by=None, effective_from=begins)
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 11, 23))
    return f"/{cast.here.slug}/"


def graph_at(client: Client, address: str) -> Graph:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/turtle; charset=utf-8"
    return Graph().parse(data=response.content.decode(), format="turtle")


def assert_conforms(graph: Graph, folder: str, file: str) -> None:
    shapes = SHAPES / folder / file
    if not shapes.exists():
        assert os.environ.get("MOTCUA_TEST_STRICT") != "1", f"{shapes} is absent"
        pytest.skip("The shapes that other people publish are not beside this checkout.")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=Graph().parse(shapes))
    print(f"{folder}: {len(graph)} statements, {0 if conforms else text.count('Constraint Violation')} violations")
    assert conforms, text


def test_a_catalogue_satisfies_the_public_service_vocabulary(client: Client, town: str) -> None:
    graph = graph_at(client, f"{town}catalogue.ttl")
    services = set(graph.subjects(RDF.type, CPSV.PublicService))
    assert URIRef(f"{HOST}{town}procedures/{BIRTH}/") in services
    assert_conforms(graph, "cpsv-ap-3.2.0", "cpsv-ap-SHACL.ttl")


def test_the_open_data_satisfy_the_catalogue_vocabulary(client: Client, cast: Cast, town: str) -> None:
    graph = graph_at(client, "/data/catalogue.ttl")
    names = {str(each) for each in graph.objects(None, DCTERMS.identifier)}
    assert {cast.here.commune.code, cast.there.commune.code} <= names
    assert_conforms(graph, "dcat-ap-3.0.1", "dcat-ap-SHACL.ttl")


def test_an_amount_that_nobody_confirmed_is_no_cost(client: Client, town: str) -> None:
    graph = graph_at(client, f"{town}catalogue.ttl")
    assert not set(graph.subjects(RDF.type, CV.Cost))


def test_every_letter_survives_the_writing() -> None:
    said = 'Ộ "Ễ" \\ Ữ\nắ\t\u2028\x7f\x01 <&> 💡'
    text = document({"dct": str(DCTERMS)}, [node("dct:Location", {"dct:title": Literal(said, "vi")}, "http://a/b c")])
    graph = Graph().parse(data=text, format="turtle")
    assert str(graph.value(URIRef("http://a/b%20c"), DCTERMS.title)) == said


def test_a_catalogue_is_read_with_as_many_statements_however_long_it_is(
    client: Client, town: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(f"{town}catalogue.json")
    with django_assert_num_queries(5):
        known = client.get(f"{town}catalogue.ttl")
    with django_assert_num_queries(1):
        again = client.get(f"{town}catalogue.ttl", headers={"If-None-Match": known["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_bulk_and_single_reading_give_the_same_edition(cast: Cast, town: str) -> None:
    state = bulk.state_of(cast.here.commune, TODAY)
    for edition in bulk.editions(state):
        single = procedures.edition_for(cast.here.commune, edition.code, TODAY)
        assert (single.key, single.definition.name, single.definition.mode) == (
            edition.key,
            edition.definition.name,
            edition.definition.mode,
        )


def test_the_feed_is_read_by_a_feed_reader_and_keeps_its_names(client: Client, town: str) -> None:
    first, second = (feedparser.parse(client.get(f"{town}changes.atom").content) for _ in range(2))
    assert not first.bozo
    assert first.version == "atom10"
    assert any(entry.link == f"{HOST}{town}procedures/{BIRTH}/" for entry in first.entries)
    assert [each.id for each in first.entries] == [each.id for each in second.entries]
    assert all(each.id.startswith("tag:testserver,") for each in first.entries)


def test_the_feed_tells_new_from_changed_and_names_what_an_office_changed(
    client: Client, cast: Cast, town: str
) -> None:
    doc, _ = catalogue.document(next(catalogue.SHIPPED.rglob(f"{CERTIFY}.yaml")))
    changed = doc | {"notes": "Mang theo bản chính."}
    at = datetime(2026, 7, 3, tzinfo=UTC)
    catalogue.publish_version(doc=changed, at=at, by=None, effective_from=date(2026, 7, 3))
    titles = [each.title for each in feedparser.parse(client.get(f"{town}changes.atom").content).entries]
    assert titles[0].startswith("Thay đổi: ")
    assert any(each.startswith("Mới: ") for each in titles)


def test_a_feed_of_one_commune_is_silent_about_overlays_of_another(client: Client, cast: Cast, town: str) -> None:
    catalogue.make_overlay(
        office=cast.here.commune,
        procedure=procedures.procedure(BIRTH),
        doc={"notes": "Quầy số 2."},
        legal_source="",
        at=NOW,
        by=cast.here.procedure_manager,
        effective_from=TODAY,
    )
    here = feedparser.parse(client.get(f"{town}changes.atom").content).entries
    there = feedparser.parse(client.get(f"/{cast.there.slug}/changes.atom").content).entries
    own = [each for each in here if each.title.startswith("Nơi đây thay đổi")]
    assert own
    assert not {each.id for each in own} & {each.id for each in there}


def test_a_page_describes_its_service_to_search_engines(client: Client, town: str) -> None:
    page = client.get(f"{town}procedures/{BIRTH}/").content.decode()
    block = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    said = json.loads(block)
    assert said["@type"] == "GovernmentService"
    assert said["identifier"] == BIRTH
    assert said["url"] == f"{HOST}{town}procedures/{BIRTH}/"
    assert "<" not in block


def test_the_sitemap_leads_to_every_page_in_both_languages(client: Client, town: str) -> None:
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert f"{HOST}{town}sitemap.xml" in [each.text for each in index.iter() if each.tag.endswith("loc")]
    pages = ElementTree.fromstring(client.get(f"{town}sitemap.xml").content)
    found = {str(each.text) for each in pages.iter() if each.tag.endswith("loc")}
    assert f"{HOST}{town}procedures/{BIRTH}/" in found
    for address in found:
        assert client.get(address.removeprefix(HOST)).status_code == 200, address
    assert f"Sitemap: {HOST}/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_only_the_list_for_other_pages_may_be_framed(client: Client, town: str) -> None:
    framed = client.get(f"{town}embed/")
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert not framed.cookies
    assert b"<script" not in framed.content
    for address in (town, f"{town}procedures/{BIRTH}/", "/"):
        kept = client.get(address)
        assert "frame-ancestors 'none'" in kept["Content-Security-Policy"]
        assert kept["X-Frame-Options"] == "DENY"


def test_only_the_public_list_may_be_read_by_scripts_of_other_pages(client: Client, town: str) -> None:
    listed = client.get(f"{town}catalogue.json")
    assert listed["Access-Control-Allow-Origin"] == "*"
    assert BIRTH in {each["code"] for each in listed.json()["items"]}
    assert "Access-Control-Allow-Origin" not in client.get(f"{town}embed/")


@pytest.mark.parametrize("file", ["catalogue.ttl", "catalogue.json", "changes.atom", "sitemap.xml", "embed/"])
def test_a_commune_that_is_none_has_no_data(client: Client, town: str, file: str) -> None:
    assert client.get(f"/khong-co-xa-nay/{file}").status_code == 404
