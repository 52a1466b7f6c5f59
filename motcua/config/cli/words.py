"""The language the command speaks: Vietnamese, or English when the person at the keyboard asks for it.

It reads the same compiled catalogue as the pages, but without Django, because help must work where nothing else does.
"""

import gettext
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils import translation

LOCALE = Path(__file__).resolve().parents[2] / "locale"
_spoken: dict[str, gettext.NullTranslations] = {"words": gettext.NullTranslations()}
_language = {"code": "vi"}


def language(typed: Sequence[str], environment: Mapping[str, str]) -> str:
    """`--english`, else MOTCUA_LANG, else the machine's own LANG; Vietnamese when nothing says English."""
    if "--english" in typed:
        return "en"
    wish = environment.get("MOTCUA_LANG") or environment.get("LC_ALL") or environment.get("LANG") or ""
    return "en" if wish.lower().startswith("en") else "vi"


def speak(code: str) -> None:
    """From now on, sentences come in this language."""
    _language["code"] = code
    if code == "en":
        _spoken["words"] = gettext.NullTranslations()
    else:
        _spoken["words"] = gettext.translation("django", LOCALE, languages=[code], fallback=True)


def speak_to_django() -> None:
    """Let the rooms answer the command in the same language."""
    translation.activate(_language["code"])


def _(message: str) -> str:
    return _spoken["words"].gettext(message)
