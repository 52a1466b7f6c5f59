"""A procedure as schema.org's GovernmentService, for search engines that read pages."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from motcua.kernel.organisation import Office
from motcua.procedures.definition import Definition

# What would end the script element or begin another, written as JSON writes letters.
_UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def described(definition: Definition, office: Office, address: str) -> SafeString:
    """The JSON-LD of one procedure's page, safe inside a script element; `address` is the page's own."""
    said = json.dumps(service(definition, office, address), ensure_ascii=False).translate(_UNSAFE)
    return mark_safe(said)  # noqa: S308 - every letter that could end the element was just replaced


def service(definition: Definition, office: Office, address: str) -> dict[str, Any]:
    """The description; what the catalogue does not know is left out."""
    home = address.partition("procedures/")[0]
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": address,
        "url": address,
        "identifier": definition.code,
        "name": definition.name.vi,
        "alternateName": [each for each in (definition.short_name.vi, definition.short_name.en) if each],
        "description": definition.summary.vi if definition.summary else None,
        "serviceType": definition.sector_name.vi,
        "provider": _provider(office, home),
        "areaServed": {"@type": "AdministrativeArea", "name": office.name},
        "audience": [{"@type": "Audience", "audienceType": each.vi} for each in definition.applicants],
        "serviceOutput": [{"@type": "Thing", "name": each.name.vi} for each in definition.results],
        "sameAs": definition.portal_url,
    }
    return {key: value for key, value in said.items() if value}


def _provider(office: Office, home: str) -> dict[str, Any]:
    said = {
        "@type": "GovernmentOrganization",
        "name": office.name,
        "url": home,
        "telephone": office.phone,
        "address": office.address,
    }
    return {key: value for key, value in said.items() if value}
