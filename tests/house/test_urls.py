"""Every address is public by declaration or names who may use it; what packages bring is written down one by one."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# Addresses whose views are not ours. The word says who may use them, and why that is right.
OF_PACKAGES = {
    "accounts/": "allauth: signing in is public; the other pages ask for the session themselves",
}
# The API's operations carry no decorator: machines ask, and each answers by its own key or code.
OF_THE_API = {
    "api/v1/": "public: the list of what there is",
    "api/v1/openapi.json": "public: the description",
    "api/v1/docs": "public: the description, to read",
    "api/v1/communes": "public",
    "api/v1/<commune>/procedures": "public",
    "api/v1/<commune>/procedures/<code>": "public",
    "api/v1/<commune>/procedures/<code>/form": "public",
    "api/v1/<commune>/uploads": "public: an unguessable handle, a quota for each network",
    "api/v1/uploads": "public: an unguessable handle, a quota for each network",
    "api/v1/<commune>/filings": "public: anybody may file, named by an Idempotency-Key",
    "api/v1/<commune>/filings/<number>": "the claim code",
    "api/v1/<commune>/filings/<number>/supplements": "the claim code, and an Idempotency-Key",
    "api/v1/<commune>/filings/<number>/receipt": "the claim code",
    "api/v1/<commune>/filings/<number>/sealed-receipt": "the claim code",
}


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        address = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        else:
            yield address, pattern


def test_every_address_is_public_by_declaration_or_names_a_policy() -> None:
    silent = []
    for address, pattern in routes(get_resolver().url_patterns):
        plain = address.removeprefix("en/").rstrip("$")
        of_a_package = any(plain.startswith(start) for start in OF_PACKAGES) or plain in OF_THE_API
        if not of_a_package and not getattr(pattern.callback, "policy", ""):
            silent.append(f"/{plain} ({pattern.callback.__module__})")
    assert not silent, "\n".join(silent)
