"""Every public page of a commune for search engines (sitemaps.org 0.9) in both languages; the index of communes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
# What one file may hold by the protocol.
MOST = 50_000


def index(addresses: Iterable[str]) -> bytes:
    """The index: one sitemap a commune."""
    out, xml = _opened("sitemapindex", {"xmlns": NAMESPACE})
    for address in addresses:
        xml.startElement("sitemap", AttributesImpl({}))
        xml.addQuickElement("loc", address)
        xml.endElement("sitemap")
    return _closed(out, xml, "sitemapindex")


def pages(origin: str, paths: Iterable[str]) -> bytes:
    """Pages by their Vietnamese path, each with its English twin."""
    out, xml = _opened("urlset", {"xmlns": NAMESPACE, "xmlns:xhtml": XHTML})
    for path in list(paths)[:MOST]:
        xml.startElement("url", AttributesImpl({}))
        xml.addQuickElement("loc", f"{origin}{path}")
        for language, prefix in (("vi", ""), ("en", "/en")):
            twin = {"rel": "alternate", "hreflang": language, "href": f"{origin}{prefix}{path}"}
            xml.addQuickElement("xhtml:link", None, twin)
        xml.endElement("url")
    return _closed(out, xml, "urlset")


def _opened(name: str, attributes: Mapping[str, str]) -> tuple[StringIO, SimplerXMLGenerator]:
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement(name, AttributesImpl(dict(attributes)))
    return out, xml


def _closed(out: StringIO, xml: SimplerXMLGenerator, name: str) -> bytes:
    xml.endElement(name)
    xml.endDocument()
    return out.getvalue().encode()
