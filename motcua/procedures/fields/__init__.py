"""The closed set of field types, one module for each; docs/reference/field-types.md describes them.

`registry()` is the set. A new type is a module here, its template, its heading in the docs and one line below;
tests/contracts/test_field_types.py then tests it by existing.
"""

from collections.abc import Mapping
from types import MappingProxyType

from motcua.procedures.definition import COLUMN_TYPES, TYPES
from motcua.procedures.fields._base import Context, FieldProblem, FieldType, Form, Message, Path, Place, said, words
from motcua.procedures.fields.address import AddressType
from motcua.procedures.fields.boolean import BooleanType
from motcua.procedures.fields.choice import ChoiceType
from motcua.procedures.fields.choices import ChoicesType
from motcua.procedures.fields.citizen_id import CitizenIdType
from motcua.procedures.fields.commune import CommuneType
from motcua.procedures.fields.computed import ComputedType
from motcua.procedures.fields.country import CountryType
from motcua.procedures.fields.date import DateType
from motcua.procedures.fields.date_or_year import DateOrYearType
from motcua.procedures.fields.datetime import DatetimeType
from motcua.procedures.fields.decimal import DecimalType
from motcua.procedures.fields.email import EmailType
from motcua.procedures.fields.file import FileType
from motcua.procedures.fields.identity_paper import IdentityPaperType
from motcua.procedures.fields.integer import IntegerType
from motcua.procedures.fields.long_text import LongTextType
from motcua.procedures.fields.money import MoneyType
from motcua.procedures.fields.name import NameType
from motcua.procedures.fields.phone import PhoneType
from motcua.procedures.fields.table import TableType
from motcua.procedures.fields.tax_code import TaxCodeType
from motcua.procedures.fields.text import TextType

__all__ = [
    "Context",
    "FieldProblem",
    "FieldType",
    "Form",
    "Message",
    "Path",
    "Place",
    "registry",
    "said",
    "words",
]

_PLAIN: tuple[FieldType, ...] = (
    NameType(),
    TextType(),
    LongTextType(),
    DateType(),
    DateOrYearType(),
    IntegerType(),
    DecimalType(),
    DatetimeType(),
    MoneyType(),
    ChoiceType(),
    ChoicesType(),
    BooleanType(),
    AddressType(),
    CitizenIdType(),
    IdentityPaperType(),
    CountryType(),
    PhoneType(),
    EmailType(),
    TaxCodeType(),
    FileType(),
    ComputedType(),
    CommuneType(),
)
_TABLE = TableType({each.name: each for each in _PLAIN if each.name in COLUMN_TYPES})
_TYPES = {each.name: each for each in (*_PLAIN, _TABLE)}
_REGISTRY: Mapping[str, FieldType] = MappingProxyType({name: _TYPES[name] for name in TYPES})


def registry() -> Mapping[str, FieldType]:
    """Every field type by its name."""
    return _REGISTRY
