"""Lists that many fields offer: the 54 ethnic groups and the countries of the world; and the HTML of long lists.

The groups are data/ethnic_groups.json (the statistics office's list of 1979), the countries CLDR's territories.
"""

import functools
import json
import unicodedata
from collections.abc import Iterable, Mapping
from importlib import resources

from babel import Locale
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from motcua.procedures.definition import Field, Option, Text

# CLDR territories of two letters that are no country of ISO 3166-1.
_NO_COUNTRIES = "AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ"


@functools.cache
def ethnic_groups() -> tuple[Option, ...]:
    """The 54 groups; the oid is the official number."""
    text = resources.files("motcua.procedures").joinpath("data/ethnic_groups.json").read_text(encoding="utf-8")
    return tuple(Option(oid, Text(name)) for oid, name in json.loads(text)["groups"].items())


@functools.cache
def countries() -> Mapping[str, Text]:
    """ISO 3166-1 alpha-2 code to name; Viet Nam first, then by Vietnamese name."""
    vi, en = ({str(code): name for code, name in Locale.parse(lang).territories.items()} for lang in ("vi", "en"))
    codes = [code for code in vi if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES]
    codes.sort(key=lambda code: (code != "VN", _fold(vi[code])))
    return {code: Text(vi[code], en[code]) for code in codes}


def options_of(field: Field) -> tuple[Option, ...]:
    """The options of a choice: its own or those of the list it names."""
    return ethnic_groups() if field.options_ref == "ethnic_groups" else field.options


def html_options(rows: Iterable[tuple[str, str]], chosen: object, empty: object = None) -> SafeString:
    """The inside of a select: value and label of each row, one of them chosen; `empty` is the row for no answer."""
    body = format_html_join(
        "", '<option value="{}"{}>{}</option>', ((value, _selected(value == chosen), label) for value, label in rows)
    )
    return body if empty is None else format_html('<option value="">{}</option>{}', empty, body)


def _selected(chosen: bool) -> SafeString:
    return SafeString(" selected") if chosen else SafeString("")


def _fold(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d~"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
