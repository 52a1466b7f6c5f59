"""What a check found: a sentence for whoever looks after the centre, what to do, and whom to call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import override

from motcua.kernel import health
from motcua.kernel.health import KEEPER, SUPPORT, Seen

__all__ = ["KEEPER", "SUPPORT", "Finding", "fault", "ok", "seen", "warning"]
Words = str | Promise
State = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. The words are said in the language that is active when they are read."""

    name: str
    state: State
    sentence: Words
    advice: Words = ""
    call: str = ""

    @property
    def ok(self) -> bool:
        """Whether work may go on; a warning does not stop it."""
        return self.state != health.FAULT


def ok(name: str, sentence: Words, **said: object) -> Finding:
    """All is well."""
    return Finding(name, "ok", _filled(sentence, said))


def warning(name: str, sentence: Words, advice: Words, call: str = KEEPER, **said: object) -> Finding:
    """To be seen to; work goes on."""
    return Finding(name, "warning", _filled(sentence, said), _filled(advice, said), call)


def fault(name: str, sentence: Words, advice: Words, call: str = KEEPER, **said: object) -> Finding:
    """Broken."""
    return Finding(name, "fault", _filled(sentence, said), _filled(advice, said), call)


def _filled(words: Words, said: Mapping[str, object]) -> Words:
    """The words with what they speak of in its place, in whatever language they are read."""
    return format_lazy(cast("str", words), **said)


def seen(finding: Finding) -> Seen:
    """The finding in every language, to be kept."""
    words = {code: _in(code, finding) for code, _name in settings.LANGUAGES}
    return Seen(finding.name, finding.state, words, finding.call)


def _in(code: str, finding: Finding) -> dict[str, str]:
    with override(code):
        return {"sentence": str(finding.sentence), "advice": str(finding.advice)}
