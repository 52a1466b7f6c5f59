"""What the codes that dossiers carry are called, and in which field they lie: one dictionary, read anew when the
catalogue changes. Retired procedures are in it too: an old dossier keeps its name.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from motcua.kernel import freshness
from motcua.procedures.definition import Text
from motcua.procedures.models import Procedure


@dataclass(frozen=True, slots=True)
class Named:
    """A procedure's short name and its sector."""

    code: str
    name: Text
    sector: str
    sector_name: Text


def named() -> Mapping[str, Named]:
    """Every procedure that the catalogue has ever had, by its code."""
    return _named(freshness.stamps().catalogue)


@functools.lru_cache(maxsize=2)
def _named(_stamp: str) -> dict[str, Named]:
    rows = Procedure.objects.order_by("code").values_list(
        "code", "short_name", "short_name_en", "sector_id", "sector__name_vi", "sector__name_en"
    )
    return {
        code: Named(code, Text(name, name_en), sector, Text(sector_vi, sector_en))
        for code, name, name_en, sector, sector_vi, sector_en in rows
    }
