"""What a pack of dossiers is, and how a stranger verifies one: by reading it alone, without this centre.

A pack is a folder (or ZIP) with `manifest.json`, which names every other file with its size and SHA-256, and for each
dossier `events.json`: the chain, each link with the exact text of which its hash was made. docs/reference/packs.md
says the same for whoever writes a verifier of their own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

FORMAT = "motcua-pack-1"
MANIFEST = "manifest.json"
Read = Callable[[str], bytes]
# Where each part of the text stands, of which an event's hash is made.
MATTER, SEQ, TYPE, PAYLOAD, BEFORE = 0, 1, 3, 9, 10
_FILED = ("dossiers.filed", "dossiers.supplement_filed")


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def faults(names: Collection[str], read: Read) -> Iterator[str]:
    """Everything that does not hold of the pack with these files; nothing when it is as it was made."""
    if MANIFEST not in names:
        yield f"{MANIFEST} is missing"
        return
    try:
        manifest = json.loads(read(MANIFEST))
        listed = {each["path"]: each for each in manifest["files"]}
    except (ValueError, KeyError, TypeError):
        yield f"{MANIFEST} cannot be read"
        return
    if manifest.get("format") != FORMAT:
        yield f"{MANIFEST} is of another format: {manifest.get('format')}"
    yield from _of_files(listed, set(names) - {MANIFEST}, read)
    for chain in manifest.get("dossiers", ()):
        if chain["events"] in listed and chain["events"] in names:
            yield from _of_chain(chain, read, listed)


def _of_files(listed: Mapping[str, Any], there: set[str], read: Read) -> Iterator[str]:
    yield from (f"{path} is missing" for path in sorted(set(listed) - there))
    yield from (f"{path} is not in the manifest" for path in sorted(there - set(listed)))
    for path in sorted(there & set(listed)):
        content = read(path)
        if len(content) != listed[path]["bytes"] or digest(content) != listed[path]["sha256"]:
            yield f"{path} was changed"


def _of_chain(chain: Mapping[str, Any], read: Read, listed: Mapping[str, Any]) -> Iterator[str]:
    number, before, filings = chain["number"], "", []
    try:
        links = json.loads(read(chain["events"]))
        for place, link in enumerate(links, 1):
            said = json.loads(link["said"])
            if digest(link["said"].encode()) != link["hash"] or (said[SEQ], said[BEFORE]) != (place, before):
                yield f"{number}: event {place} does not follow from the one before it"
            before = link["hash"]
            filings += [said[PAYLOAD].get("filing_sha256")] if said[TYPE] in _FILED else []
    except (ValueError, KeyError, TypeError, IndexError):
        yield f"{number}: its events cannot be read"
        return
    if (before, len(links)) != (chain["last_hash"], chain["count"]):
        yield f"{number}: its chain does not end where the manifest says"
    for each in chain.get("filings", ()):
        if each["path"] in listed and listed[each["path"]]["sha256"] not in filings:
            yield f"{number}: {each['path']} is not what was recorded when it was filed"
