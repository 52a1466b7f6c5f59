"""What the tests of the wall share: a sheet hung, a procedure changed after that, a photo."""

import io
from datetime import date
from typing import Any

from PIL import Image

from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from motcua.procedures.models import Posting
from tests.cast import NOW, TODAY, Cast, Town

HALL, VILLAGE = "Bảng niêm yết tại sảnh", "Nhà văn hóa Thôn Mẫu 1"


def hang(cast: Cast, *keys: str, town: Town | None = None, **changes: Any) -> list[Posting]:
    """These sheets hang in the hall since today."""
    town = town or cast.here
    n = next(cast._numbers)
    given = {"place": HALL, "posted_date": TODAY, "at": NOW, "op_id": f"hang-{n}", "by": town.procedure_manager}
    return catalogue.post_sheets(office=town.commune, keys=keys, **given | changes)


def change(cast: Cast, code: str, note: str, from_day: date = TODAY) -> None:
    """The commune says something else about this procedure from that day."""
    catalogue.make_overlay(
        office=cast.here.commune,
        procedure=procedures.procedure(code),
        doc={"notes": note},
        legal_source="",
        at=NOW,
        by=cast.here.procedure_manager,
        effective_from=from_day,
    )


def photo() -> bytes:
    """A photo of a wall, as a telephone sends it."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Máy mẫu"
    Image.new("RGB", (2000, 1000), "#e6f0ea").save(out, "JPEG", exif=exif)
    return out.getvalue()
