"""What this province publishes as open data, as DCAT-AP 3.0.1 says it: one dataset for each commune's catalogue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.kernel.organisation import Office
from motcua.procedures.open_data.languages import both
from motcua.procedures.open_data.turtle import Literal, Name, Node, document, node

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "http://www.iana.org/assignments/media-types/"
_VI = "http://publications.europa.eu/resource/authority/language/VIE"
FILES = (
    ("catalogue.ttl", "text/turtle", _("The whole catalogue, as CPSV-AP 3.2.0")),
    ("catalogue.json", "application/json", _("The list of names and addresses")),
    ("changes.atom", "application/atom+xml", _("What is new and what has changed")),
)
SITE = _("Open data on administrative procedures: %(province)s")
ABOUT = _("The administrative procedures that the communes publish and receive.")
DATASET = _("Administrative procedures of %(commune)s")
ABOUT_DATASET = _("The administrative procedures that %(commune)s publishes and receives.")


def turtle(province: Office, communes: Collection[Office], origin: str, changed: datetime | None) -> str:
    """The province's open data; `changed` is when the catalogue last did, None while it is empty."""
    publisher = node("foaf:Agent", {"foaf:name": Literal(province.name, "vi")}, f"{origin}/#publisher")
    datasets = [_dataset(each, origin, publisher, changed) for each in communes]
    catalogue = node(
        "dcat:Catalog",
        {
            "dct:title": both(SITE, province=province.name),
            "dct:description": both(ABOUT),
            "dct:publisher": publisher,
            "foaf:homepage": Name(f"{origin}/"),
            "dct:modified": _moment(changed),
            "dcat:dataset": [Name(str(each.name.text)) for each in datasets if each.name],
        },
        f"{origin}/data/catalogue.ttl",
    )
    files = [file for office, each in zip(communes, datasets, strict=False) for file in _files(office, origin, each)]
    homes = [f"{origin}/", *(f"{origin}/{office.slug}/" for office in communes)]
    return document(PREFIXES, [catalogue, publisher, *datasets, *files, *_kinds(homes)])


def _kinds(homes: Iterable[str]) -> Iterator[Node]:
    """What the things are that the others only name: readers check it."""
    yield from (node("foaf:Document", {}, home) for home in homes)
    yield from (node("dct:MediaType", {}, f"{_MEDIA}{media}") for _file, media, _title in FILES)
    yield node("dct:LinguisticSystem", {}, _VI)


def _moment(at: datetime | None) -> Literal | None:
    return Literal(timezone.localtime(at).isoformat(timespec="seconds"), type="xsd:dateTime") if at else None


def _dataset(office: Office, origin: str, publisher: Node, changed: datetime | None) -> Node:
    home = f"{origin}/{office.slug}/"
    return node(
        "dcat:Dataset",
        {
            "dct:identifier": Literal(office.code),
            "dct:title": both(DATASET, commune=office.name),
            "dct:description": both(ABOUT_DATASET, commune=office.name),
            "dct:publisher": publisher,
            "dct:language": Name(_VI),
            "dct:modified": _moment(changed),
            "dcat:landingPage": Name(home),
            "dcat:distribution": [Name(f"{home}{file}") for file, *_rest in FILES],
        },
        f"{home}#catalogue",
    )


def _files(office: Office, origin: str, dataset: Node) -> list[Node]:
    home = f"{origin}/{office.slug}/"
    return [
        node(
            "dcat:Distribution",
            {
                "dct:title": both(title),
                "dcat:accessURL": Name(f"{home}{file}"),
                "dcat:downloadURL": Name(f"{home}{file}"),
                "dcat:mediaType": Name(f"{_MEDIA}{media}"),
            },
            f"{home}{file}",
        )
        for file, media, title in FILES
    ]
