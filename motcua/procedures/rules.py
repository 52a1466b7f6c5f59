"""What an overlay may set and how it lies over a version: national ← province ← commune.

An office may fill what the law leaves open and say how filing works at its place; it may not rewrite the law
(Decree 63/2010, art. 13–17: a commune publishes the announced procedure and does not write its own text).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MODES = ("here", "counter", "portal", "none")
UNITS = ("working_hour", "working_day", "day", "month")
# Laid over the document as they are.
_WHOLE = ("mode", "counter", "hours", "notes", "retention")
KEYS = frozenset({"mode", "limit", "fees", "counter", "hours", "notes", "retention"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an overlay cannot be made: which key, which reason code."""

    key: str
    reason: str


def merged(doc: Mapping[str, Any], overlays: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The version's document with the overlays laid over it, the province's first."""
    result = dict(doc)
    for overlay in overlays:
        result.update({key: overlay[key] for key in _WHOLE if key in overlay})
        result["channels"] = [_channel(channel, overlay) for channel in result.get("channels", ())]
    return result


def _channel(channel: Mapping[str, Any], overlay: Mapping[str, Any]) -> dict[str, Any]:
    """One channel with the overlay's limit where the law leaves it open, and its confirmed fees."""
    laid = dict(channel)
    if "limit" in overlay and limit_is_open(channel):
        laid["limit"] = {**(channel.get("limit") or {}), **overlay["limit"]}
    # A way of filing that no fee is set for keeps what was said of it before.
    if fees := [{**fee, "status": "confirmed"} for fee in overlay.get("fees", ()) if _applies(fee, channel)]:
        laid["fees"] = fees
    return laid


def _applies(fee: Mapping[str, Any], channel: Mapping[str, Any]) -> bool:
    return fee.get("channel") in (None, channel.get("kind"))


def limit_is_open(channel: Mapping[str, Any]) -> bool:
    """Whether the law's own text gives no complete limit: no value, or a bare number without a unit."""
    limit = channel.get("limit") or {}
    return limit.get("value") is None or limit.get("unit") is None


def overlay_refusals(doc: Mapping[str, Any], overlay: Mapping[str, Any], legal_source: str) -> Iterator[Refusal]:
    """Every reason why this overlay may not lie over this document; nothing when it may.

    The document is the version with the overlays of the offices above already laid over it.
    """
    yield from (Refusal(key, "unknown_key") for key in sorted(set(overlay) - KEYS))
    if "mode" in overlay and overlay["mode"] not in MODES:
        yield Refusal("mode", "unknown_mode")
    if "limit" in overlay:
        yield from _limit_refusals(doc, overlay["limit"])
    if ("limit" in overlay or "fees" in overlay) and not legal_source.strip():
        yield Refusal("legal_source", "needs_legal_source")
    if "retention" in overlay:
        yield from _retention_refusals(doc, overlay["retention"])
    yield from _fee_refusals(doc, overlay.get("fees", ()))


def _retention_refusals(doc: Mapping[str, Any], retention: Mapping[str, Any]) -> Iterator[Refusal]:
    """What the law or an office above says is not said otherwise below."""
    years, permanent = retention.get("years"), retention.get("permanent", False)
    if doc.get("retention"):
        yield Refusal("retention", "retention_is_set")
    if (years is None) != bool(permanent) or not (years is None or (isinstance(years, int) and 0 < years <= 200)):
        yield Refusal("retention", "needs_years_or_permanent")
    if not str(retention.get("legal_source", "")).strip():
        yield Refusal("retention", "retention_needs_source")


def _fee_refusals(doc: Mapping[str, Any], fees: Sequence[Mapping[str, Any]]) -> Iterator[Refusal]:
    kinds = {channel.get("kind") for channel in doc.get("channels", ())}
    for fee in fees:
        if not _is_amount(fee.get("amount")):
            yield Refusal("fees", "bad_amount")
        if fee.get("channel") not in {None, *kinds}:
            yield Refusal("fees", "unknown_channel")


def _is_amount(amount: object) -> bool:
    return isinstance(amount, int) and not isinstance(amount, bool) and 0 <= amount < 10**12


def _limit_refusals(doc: Mapping[str, Any], limit: Mapping[str, Any]) -> Iterator[Refusal]:
    value, unit = limit.get("value"), limit.get("unit")
    if not any(limit_is_open(channel) for channel in doc.get("channels", ())):
        yield Refusal("limit", "limit_is_set_by_law")
    if not isinstance(value, int) or value < 0 or unit not in UNITS:
        yield Refusal("limit", "needs_value_and_unit")
    elif value == 0 and unit != "working_day":
        yield Refusal("limit", "zero_is_the_day_of_receipt")
