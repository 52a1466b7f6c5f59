"""A commune's catalogue as the Core Public Service Vocabulary (CPSV-AP 3.2.0) says it.

One cpsv:PublicService a procedure, with its papers as cv:Evidence, results as cv:Output, ways of filing as cv:Channel,
confirmed amounts as cv:Cost and legal documents as eli:LegalResource. A time left open, an amount that nobody has
confirmed and a description that nobody has written are left out or said as such, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from motcua.kernel.organisation import Office
from motcua.procedures import guidance
from motcua.procedures.definition import Channel, Component, Definition, Fee, Limit, Text
from motcua.procedures.open_data.languages import both
from motcua.procedures.open_data.turtle import Literal, Name, Node, Properties, Value, document, node
from motcua.procedures.queries import Edition

PREFIXES = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CURRENCY = "http://publications.europa.eu/resource/authority/currency/VND"
# xsd:duration counts calendar time: what is counted in working time has no faithful form there and is left out.
_DURATIONS = {"day": "P{}D", "month": "P{}M"}


def turtle(office: Office, editions: Iterable[Edition], origin: str) -> str:
    """The commune's catalogue; `origin` is the address of this server without a slash at its end."""
    home = f"{origin}/{office.slug}/"
    nodes = [_authority(office, home)]
    nodes += [_service(each.definition, office, home) for each in editions]
    return document(PREFIXES, nodes)


def service_address(home: str, code: str) -> str:
    """What names a procedure of a commune for ever: its page."""
    return f"{home}procedures/{code}/"


def _texts(text: Text | None) -> list[Value]:
    if text is None or not text.vi:
        return []
    return [Literal(text.vi, "vi"), *([Literal(text.en, "en")] if text.en else [])]


def _authority(office: Office, home: str) -> Node:
    return node("cv:PublicOrganisation", _of_authority(office), f"{home}#office")


def _of_authority(office: Office) -> dict[str, Value]:
    return {
        "dct:identifier": Literal(office.agency_code or office.code),
        "skos:prefLabel": Literal(office.name, "vi"),
        "dct:spatial": node("dct:Location", {"dct:identifier": Literal(office.code)}),
    }


def _service(definition: Definition, office: Office, home: str) -> Node:
    address = service_address(home, definition.code)
    return node("cpsv:PublicService", dict(_of_service(definition, home, address)), address)


def _of_service(definition: Definition, home: str, address: str) -> Iterator[tuple[str, list[Value]]]:
    yield "dct:identifier", [Literal(definition.code)]
    yield "dct:title", [Literal(definition.name.vi, "vi"), *_english(definition)]
    yield "dct:description", _texts(definition.summary) or [Literal(definition.name.vi, "vi")]
    yield "cv:hasCompetentAuthority", [Name(f"{home}#office")]
    yield "cv:sector", [_concept(definition.sector_name)]
    yield "dcat:keyword", [Literal(word, "vi") for word in definition.keywords if not word.isascii()]
    yield "foaf:page", [Name(definition.portal_url)] if definition.portal_url else []
    yield "dct:audience", [_concept(each) for each in definition.applicants]
    yield "cpsv:hasInput", [_evidence(each, address) for each in definition.components if each.role != "declaration"]
    yield "cpsv:produces", [_output(number, each.name, address) for number, each in enumerate(definition.results, 1)]
    yield "cv:hasChannel", [_channel(each, address) for each in definition.channels]
    yield "cv:hasCost", list(_costs(definition, address))
    yield "cv:processingTime", _time_of(definition)
    yield "cv:hasLegalResource", [_document(number) for number in definition.legal_basis]


def _english(definition: Definition) -> list[Value]:
    words = definition.name.en or definition.short_name.en
    return [Literal(words, "en")] if words else []


def _concept(text: Text) -> Node:
    return node("skos:Concept", {"skos:prefLabel": _texts(text)})


def _evidence(component: Component, address: str) -> Node:
    said: Properties = {
        "dct:identifier": Literal(f"{address}#{component.sid}"),
        "dct:title": _texts(component.title),
        "dct:description": Literal(component.full, "vi") if component.full else None,
    }
    return node("cv:Evidence", said)


def _output(number: int, name: Text, address: str) -> Node:
    return node("cv:Output", {"dct:identifier": Literal(f"{address}#result-{number}"), "dct:title": _texts(name)})


def _channel(channel: Channel, address: str) -> Node:
    said: Properties = {
        "dct:identifier": Literal(f"{address}#{channel.kind}"),
        "dct:type": node("skos:Concept", {"skos:prefLabel": both(guidance.CHANNELS[channel.kind])}),
        "cv:processingTime": _duration(channel.limit),
    }
    return node("cv:Channel", said)


def _time_of(definition: Definition) -> list[Value]:
    """One time for the whole service, only where every way of filing takes as long."""
    found = {str(each): each for each in (_duration(channel.limit) for channel in definition.channels)}
    only = next(iter(found.values())) if len(found) == 1 else None
    return [only] if only else []


def _duration(limit: Limit | None) -> Literal | None:
    if limit is None or not limit.value or limit.unit not in _DURATIONS:
        return None
    return Literal(_DURATIONS[limit.unit].format(limit.value), type="xsd:duration")


def _costs(definition: Definition, address: str) -> Iterator[Node]:
    """Amounts that an office has confirmed with their source; what the portal says is no promise of ours."""
    for channel in definition.channels:
        for number, fee in enumerate(channel.fees, 1):
            if fee.amount is not None and fee.status == "confirmed":
                yield _cost(fee, f"{address}#{channel.kind}-{number}")


def _cost(fee: Fee, identifier: str) -> Node:
    said: Properties = {
        "dct:identifier": Literal(identifier),
        "cv:hasValue": Literal(f"{fee.amount}.0", type="xsd:double"),
        "cv:currency": node("skos:Concept", {"skos:prefLabel": Literal("VND", "en")}, ""),
        "dct:description": [*_texts(fee.note), *_texts(fee.per)],
    }
    return node("cv:Cost", said)


def _document(number: str) -> Node:
    return node("eli:LegalResource", {"dct:identifier": Literal(number), "dct:title": Literal(number, "vi")})
