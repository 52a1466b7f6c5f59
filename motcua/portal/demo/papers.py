"""Who files in the demonstration, what they answer, and which papers they bring: all of it made up.

The same seed gives the same people. It files nothing (stories.py).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import resources
from io import BytesIO
from pathlib import Path
from time import gmtime
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from motcua.dossiers.services import ApplicantData, ComponentData, FileData
from motcua.kernel import files, localities
from motcua.kernel.files import File
from motcua.portal.demo.offices import Town
from motcua.procedures import eforms
from motcua.procedures.definition import Component, Definition

SAMPLE = "MẪU - SAMPLE - MẪU"
# Of the papers that are not demanded, so many are brought: a thick file for nobody's sake would only hide the rest.
UNASKED = 1
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def applicants(data: Mapping[str, Any], towns: list[Town]) -> Iterator[ApplicantData]:
    """Somebody for each town of the list: number and telephone begin as nobody's can."""
    chance = random.Random(data["seed"])  # noqa: S311 - made-up people, no secrets
    for n, town in enumerate(towns, 1):
        name = " ".join(chance.choice(data[part]) for part in ("family", "given", "last"))
        if n % 3 == 0:
            name = data["minority"][n // 3 % len(data["minority"])]
        born = date(chance.randint(1962, 2003), chance.randint(1, 12), chance.randint(1, 28))
        sex_and_century = chance.randint(0, 1) + (2 if born.year >= 2000 else 0)
        codes = [code for code in town.commune.codes if code.isdigit()]
        yield ApplicantData(
            full_name=name,
            birth_date=born.isoformat(),
            citizen_id=f"{chance.choice(data['id_prefixes'])}{sex_and_century}{born:%y}{n:06d}",
            phone=f"{chance.choice(data['phone_prefixes'])}{n:07d}",
            address=localities.full_address(codes, data["street"].format(n=1 + n % 5)),
        )


def answers(definition: Definition, applicant: ApplicantData, today: date) -> dict[str, Any]:
    """A complete set of answers, in which the applicant says who he is."""
    known = {"applicant.full_name": applicant.full_name, "applicant.citizen_id": applicant.citizen_id}
    known |= {"applicant.phone": applicant.phone, "applicant.birth_date": applicant.birth_date}
    found = dict(eforms.example(definition, today))
    found |= {f.sid: known[f.prefill] for f in definition.fields if f.prefill in known and f.sid in found}
    cleaned = eforms.clean(definition, _by(today, found), eforms.Context(today, demo=True))
    if cleaned.problems:
        raise ValueError(f"{definition.code}: {cleaned.problems[0].pointer} {cleaned.problems[0].message}")
    return dict(cleaned.values)


def _by(today: date, value: Any) -> Any:
    """The same without a day to come: an example's dates are fixed, and this filing may be of an earlier day."""
    if isinstance(value, dict):
        return {key: _by(today, each) for key, each in value.items()}
    if isinstance(value, list):
        return [_by(today, each) for each in value]
    is_day = isinstance(value, str) and ISO_DAY.fullmatch(value)
    return min(value, today.isoformat()) if is_day else value


def components(definition: Definition, given: Mapping[str, Any], today: date, photo: FileData) -> list[ComponentData]:
    """The papers that are demanded after these answers, and a few that are not, sent as a picture."""
    return [ComponentData(each.sid, files=(photo,)) for each in _brought(definition, given, today)]


def originals(definition: Definition, given: Mapping[str, Any], today: date) -> list[ComponentData]:
    """The same papers, laid on the counter."""
    return [ComponentData(each.sid, kind="original", quantity=1) for each in _brought(definition, given, today)]


def _brought(definition: Definition, given: Mapping[str, Any], today: date) -> list[Component]:
    asked = eforms.shown(definition, given, today)
    papers = [each for each in asked.components if each.handed_in]
    unasked = [each.sid for each in papers if each.sid not in asked.required][:UNASKED]
    return [each for each in papers if each.sid in asked.required or each.sid in unasked]


def picture(words: str) -> File:
    """A picture of a paper that says it is none; the same words are kept once."""
    content = BytesIO()
    _drawn(words).save(content, "PNG")
    return files.keep(content.getvalue(), type="image/png")


def result(words: str) -> File:
    """The same as a PDF, as results are: it can be signed. Without a moment in it, so that it is kept once."""
    content, then = BytesIO(), gmtime(0)
    _drawn(words).save(content, "PDF", creationDate=then, modDate=then)
    return files.keep(content.getvalue(), type="application/pdf")


def _drawn(words: str) -> Image.Image:
    image = Image.new("RGB", (600, 420), "#f4f1e8")
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 580, 400), outline="#8a7f66", width=3)
    draw.text((300, 180), SAMPLE, fill="#8a1f1f", font=letters("Bold", 30), anchor="mm")
    draw.text((300, 240), words, fill="#1b1f1d", font=letters("Regular", 22), anchor="mm")
    return image


def photo() -> FileData:
    """What people send in place of their papers."""
    file = picture("Giấy tờ dùng thử, không có giá trị")
    return FileData(sha256=file.sha256, size=file.size, name="giay-to-mau.png")


def letters(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """Letters that have every Vietnamese mark, as on the slips."""
    folder = Path(str(resources.files("fontpkg_be_vietnam_pro"))) / "files"
    return ImageFont.truetype(folder / f"BeVietnamPro-{weight}.ttf", size)
