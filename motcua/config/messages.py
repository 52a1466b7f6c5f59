"""The words of every page: finds them in the source, keeps one .po per room, makes the one .mo that Django reads.

Nouns: a *room's catalogue* is motcua/locale/<language>/<room>.po; the *merged catalogue* is LC_MESSAGES/django.mo
beside it.
It works without GNU gettext, so that Python alone is enough. It translates nothing and knows no settings.

    python -m motcua.config.messages extract [room …]     source → .po, what was translated stays
    python -m motcua.config.messages compile              every .po → django.mo
    python -m motcua.config.messages check   [room …]     what is missing or wrong, in sentences
"""

import argparse
import importlib.util
import os
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"
LANGUAGES = ("vi",)
TEMPLATE_SUFFIXES = {".html", ".txt", ".svg", ".xml"}
# Words in these folders are nobody's: the centre sends no mail through allauth.
NOT_SEARCHED_WHEN_BORROWED = {"tests", "email"}
NOT_SEARCHED = {"migrations", "static", "node_modules", "__pycache__", "catalogue"}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Packages whose words are translated here like a room's own: allauth ships no Vietnamese, and Django's says of a
# wrong answer that it is "not valid" where ours says how to mend it.
BORROWED = {
    "allauth": (
        "account",
        "core",
        "mfa",
        "usersessions",
        "templates/account",
        "templates/mfa",
        "templates/usersessions",
    ),
    "django": ("forms", "core/validators.py", "contrib/auth/password_validation.py"),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sdf]|\{\w*\}")
HEADER = """# {title}
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""

Key = tuple[str, str]  # context, message


def rooms() -> list[str]:
    """Every package directly under motcua, and the borrowed ones."""
    own = (path.parent.name for path in PACKAGE.glob("*/__init__.py"))
    return sorted({*own, *BORROWED})


def catalogue_path(language: str, room: str) -> Path:
    return LOCALE / language / f"{room}.po"


# --- finding ---------------------------------------------------------------------------------------------------
def source_files(room: str) -> list[tuple[Path, str]]:
    """The files of a room that may hold words, each with the name that the catalogue gives it."""
    if room not in BORROWED:
        return [(path, path.relative_to(PACKAGE.parent).as_posix()) for path in _searched(PACKAGE / room)]
    spec = importlib.util.find_spec(room)
    if spec is None or spec.origin is None:
        return []
    base = Path(spec.origin).parent
    return [
        (path, path.relative_to(base.parent).as_posix())
        for part in BORROWED[room]
        for path in _searched(base / part)
        if not NOT_SEARCHED_WHEN_BORROWED.intersection(path.relative_to(base).parts)
    ]


def _searched(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
    for path in sorted(folder.rglob("*")):
        wanted = path.suffix == ".py" or path.suffix in TEMPLATE_SUFFIXES
        if wanted and not NOT_SEARCHED.intersection(path.relative_to(folder).parts):
            yield path


def _as_python(path: Path) -> bytes:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text.encode()
    # Indentation means nothing in a template, but would to Python's tokenizer.
    lines = (line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return "\n".join(lines).encode()


def found_messages(room: str, language: str) -> Catalog:
    """The catalogue of a room as its source has it, without translations."""
    catalogue = Catalog(locale=language)
    for path, name in source_files(room):
        for _line, message, comments, context in babel_extract(
            "python",
            BytesIO(_as_python(path)),
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        ):
            catalogue.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return catalogue


# --- keeping ---------------------------------------------------------------------------------------------------
def read_catalogue(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def write_catalogue(path: Path, catalogue: Catalog, language: str) -> bool:
    """Writes the .po and says whether it changed; without dates and line numbers, so that diffs stay calm, and without
    the words that have left the source: history keeps them.
    """
    body = BytesIO()
    write_po(body, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False, ignore_obsolete=True)
    title = f"The words of {path.stem}; kept by python -m motcua.config.messages extract {path.stem}"
    head = HEADER.format(title=title, language=language, plurals=catalogue.plural_forms)
    text = (head + body.getvalue().decode().strip("\n") + "\n").encode()
    if path.exists() and path.read_bytes() == text:
        return False
    _replace(path, text)
    return True


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)


def extract(room: str, language: str) -> str:
    """Brings a room's catalogue up to its source; returns a sentence about it."""
    path = catalogue_path(language, room)
    found = found_messages(room, language)
    kept = read_catalogue(path, language)
    if not len(found) and not path.exists():
        return f"{language}/{room}: no words."
    # No fuzzy guesses: a guessed sentence on a public page is worse than an untranslated one.
    kept.update(found, no_fuzzy_matching=True)
    changed = write_catalogue(path, kept, language)
    missing = sum(1 for message in _entries(kept) if not _filled(message))
    return f"{language}/{room}: {len(kept)} messages, {missing} without translation{'' if changed else ', unchanged'}."


# --- checking --------------------------------------------------------------------------------------------------
def _entries(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _forms(value: str | Iterable[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _filled(message: Message) -> bool:
    return all(_forms(message.string)) and bool(_forms(message.string))


def _key(message: Message) -> Key:
    return message.context or "", _forms(message.id)[0]


def placeholder_fault(message: Message) -> str:
    """Says which placeholders differ; a plural may leave out what only one of its source forms has."""
    sources = [set(PLACEHOLDER.findall(form)) for form in _forms(message.id)]
    allowed, demanded = set.union(*sources), set.intersection(*sources)
    for form in _forms(message.string):
        present = set(PLACEHOLDER.findall(form))
        if present - allowed or demanded - present:
            return f"placeholders {sorted(present)} should be {sorted(allowed)}"
    return ""


def unsound(message: Message) -> str:
    """What keeps this entry out of the merged catalogue; empty if nothing does."""
    if message.fuzzy:
        return "is marked fuzzy: confirm the translation or empty it"
    return placeholder_fault(message) if _filled(message) else ""


def merge(language: str) -> tuple[Catalog, list[str]]:
    """All rooms' sound, filled entries as one catalogue, and a sentence for each fault."""
    merged = Catalog(locale=language, charset="utf-8")
    faults: list[str] = []
    seen: dict[Key, tuple[str, tuple[str, ...]]] = {}
    for path in sorted((LOCALE / language).glob("*.po")):
        for message in _entries(read_catalogue(path, language)):
            fault = unsound(message)
            if not fault and not _filled(message):
                continue
            room, string = seen.setdefault(_key(message), (path.stem, _forms(message.string)))
            if not fault and string != _forms(message.string):
                fault = f"is translated differently in {room}.po ({string[0]!r}): choose one, or give it a context"
            if fault:
                faults.append(f"{path.name}: {_key(message)[1]!r} {fault}.")
            else:
                merged.add(message.id, message.string, context=message.context)
    return merged, faults


def compile_language(language: str) -> list[str]:
    """Writes django.mo with every sound entry; returns the faults of the others."""
    merged, faults = merge(language)
    content = BytesIO()
    write_mo(content, merged)
    target = LOCALE / language / "LC_MESSAGES" / "django.mo"
    if not target.exists() or target.read_bytes() != content.getvalue():
        _replace(target, content.getvalue())
    return faults


def compile_all() -> list[str]:
    return [fault for language in LANGUAGES for fault in compile_language(language)]


def missing_words(room: str, language: str) -> list[str]:
    """A sentence for each message of the source that this room's catalogue lacks or leaves empty."""
    kept = read_catalogue(catalogue_path(language, room), language)
    faults = []
    for message in _entries(found_messages(room, language)):
        entry = kept.get(message.id, message.context)
        if entry is None:
            faults.append(f"{room}.po: {_key(message)[1]!r} is in the source but not here; run extract {room}.")
        elif not _filled(entry):
            faults.append(f"{room}.po: {_key(message)[1]!r} has no translation.")
    return faults


def check(names: Iterable[str]) -> list[str]:
    """Everything that keeps the chosen rooms from being complete and sound, over all languages."""
    chosen = list(names)
    faults = [fault for language in LANGUAGES for room in chosen for fault in missing_words(room, language)]
    files = {f"{room}.po" for room in chosen}
    faults += [fault for language in LANGUAGES for fault in merge(language)[1] if fault.split(":", 1)[0] in files]
    return faults


# --- command ---------------------------------------------------------------------------------------------------
def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m motcua.config.messages", description="The words of every page.")
    parser.add_argument("act", choices=["extract", "compile", "check"])
    parser.add_argument("rooms", nargs="*", metavar="room", help="all rooms if none is named")
    chosen = parser.parse_args(arguments)
    unknown = set(chosen.rooms) - set(rooms())
    if unknown:
        print(f"There is no room {', '.join(sorted(unknown))}; there are {', '.join(rooms())}.", file=sys.stderr)
        return 2
    names = chosen.rooms or rooms()
    if chosen.act == "extract":
        for language in LANGUAGES:
            print("\n".join(extract(room, language) for room in names))
        return 0
    faults = compile_all() if chosen.act == "compile" else check(names)
    print("\n".join(faults) or "Every word is in its place.", file=sys.stderr if faults else sys.stdout)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
