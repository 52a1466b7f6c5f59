"""The personal identification number (số định danh cá nhân), twelve digits: province, century and sex, year, serial.

There is no check digit. The province code is that of the birth registration among the 63 provinces of before
1 July 2025; the merger renumbered nobody, so "old" codes stay right. Sex and birth year are never read out of the
number or overwritten by it: a difference from what was declared is a remark, not an error.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context, FieldProblem, Message
from motcua.procedures.fields._line import Line

# Decision 124/2004/QĐ-TTg with its later changes: the 63 codes that birth registration used.
_ASSIGNED = (
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 "
    "044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 "
    "089 091 092 093 094 095 096"
)
PROVINCE_CODES = frozenset(_ASSIGNED.split())
# Assigned to nobody, so synthetic people carry them; taken only where the database is a demonstration.
_UNASSIGNED = "003 005 007 009 013 016 018 021 023 028 029"
DEMO_CODES = frozenset(_UNASSIGNED.split())
_SHAPE = re.compile(r"[0-9]{12}")
_SEX = {"male": 0, "nam": 0, "female": 1, "nu": 1}


class CitizenIdType(Line):
    """Twelve digits with a province code that was given out."""

    name = "citizen_id"
    longest = 20
    width = "20"
    inputmode = "numeric"

    def check(self, field: Field, text: str, context: Context) -> str:
        """The twelve digits without the spaces or dots between them."""
        digits = re.sub(r"[\s.\-]+", "", text)
        if not _SHAPE.fullmatch(digits):
            raise FieldProblem(_("Write the 12 digits on the front of the citizen card."))
        if digits[:3] not in PROVINCE_CODES and not (context.demo and digits[:3] in DEMO_CODES):
            raise FieldProblem(_("Look at the first three digits again: no number begins like this."))
        return digits

    def remarks(self, field: Field, value: Any, answers: Mapping[str, Any], context: Context) -> Iterator[Message]:
        """Where the number speaks of another sex or birth year than the answers do."""
        matches = field.matches or {}
        sex, born = answers.get(matches.get("sex", "")), answers.get(matches.get("birth", ""))
        if isinstance(sex, str) and _SEX.get(sex, int(value[3]) % 2) != int(value[3]) % 2:
            yield _("The number and the sex do not match. Please look at both again.")
        if isinstance(born, str) and born[:4] != str(birth_year(value)):
            yield _("The number and the year of birth do not match. Please look at both again.")

    def schema(self, field: Field) -> dict[str, Any]:
        """Twelve digits beginning with 0."""
        return {"type": "string", "pattern": "^0[0-9]{11}$"}

    def example(self, field: Field) -> str:
        """Nobody's number: code 003 was never given out; valid only in a demonstration."""
        return "003190000001"


def birth_year(number: str) -> int:
    """The year of birth that the number carries; only for comparing."""
    return 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])
