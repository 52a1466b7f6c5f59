"""Forms that several procedures share: `form: <name>` in a procedure's file stands for `forms/<name>.yaml`.

A form gives pages, checks, what its papers depend on, and how sure it is; what the procedure's file says itself goes
before. It serves only the codes it names (`codes`, or `all`). Nouns: Trouble (where in the procedure or the form, what
is wrong). The result is a whole document that needs no form any more. It writes nothing and publishes nothing.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from motcua.procedures import strict_yaml

FOLDER = "forms"
KEY = "form"
EVERY = "all"
SHIPPED = Path(__file__).resolve().parent / "catalogue" / FOLDER
# What a form may lend to a procedure; `codes` and `title` are about the form itself.
LENT = ("pages", "checks", "components", "texts", "draft_grade", "sources")
_OWN = ("codes", "title")
# A form that serves several procedures cannot know what each calls its papers; it knows how their words begin.
BEGINNINGS = ("full", "group")


class Trouble(NamedTuple):
    """Why a form cannot be used: `in_form` says whether the form's file or the procedure's is to be mended."""

    in_form: bool
    where: str
    message: str


def form_path(folder: Path, name: object) -> Path | None:
    """The form of this name beside these procedures, or the shipped one; None if there is none."""
    if not isinstance(name, str) or not name.replace("_", "").isalnum():
        return None
    paths = (folder / FOLDER / f"{name}.yaml", SHIPPED / f"{name}.yaml")
    return next((path for path in paths if path.is_file()), None)


def resolved(doc: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The document with its form written into it; only for one without troubles. The document's own keys win."""
    own = {key: value for key, value in doc.items() if key != KEY}
    path = form_path(folder, doc.get(KEY))
    if path is None:
        return own
    form = strict_yaml.loaded_once(path)
    lent = {key: form[key] for key in LENT if key in form}
    return lent | own | _papers(own.get("components"), lent.get("components"))


def _papers(own: object, lent: object) -> dict[str, Any]:
    """The procedure's papers, each with what the form says of it, then the papers that only the form knows.

    What a form says without a title is for the papers that it speaks of, in the procedures that have them.
    """
    papers = own if isinstance(own, list) and all(isinstance(each, Mapping) for each in own) else []
    if not isinstance(lent, list) or (own and not papers):
        return {}
    known = {each.get("sid") for each in papers}
    added = [dict(each) for each in lent if "title" in each and each.get("sid") not in known]
    return {"components": [_with_rules(each, lent) for each in papers] + added}


def _with_rules(paper: Mapping[str, Any], lent: list[Mapping[str, Any]]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for each in lent:
        if speaks_of(each, paper):
            said |= each
    return {**said, **paper}


def speaks_of(rule: Mapping[str, Any], paper: Mapping[str, Any]) -> bool:
    """Whether this entry of a form is about this paper: by its sid, or by how the law's words or its group begin."""
    if "sid" in rule:
        return bool(rule["sid"] == paper.get("sid"))
    words = {"full": paper.get("full") or paper.get("title"), "group": paper.get("group")}
    return any(key in rule and str(words[key]).startswith(str(rule[key])) for key in BEGINNINGS)


def troubles(doc: Mapping[str, Any], folder: Path) -> Iterator[Trouble]:
    """Why this document's form cannot be used, if it names one."""
    if KEY not in doc:
        return
    path = form_path(folder, doc[KEY])
    if path is None:
        yield Trouble(False, KEY, f"is {doc[KEY]!r}, but there is no file {FOLDER}/{doc[KEY]}.yaml")
        return
    try:
        form = strict_yaml.loaded_once(path)
    except strict_yaml.FAULTS as error:
        yield Trouble(True, strict_yaml.line(error), " ".join(str(error).split()))
        return
    if not isinstance(form, Mapping):
        yield Trouble(True, "line 1", "must be a mapping of keys")
        return
    yield from _of_form(form)
    codes = form.get("codes")
    if codes != EVERY and not (isinstance(codes, list) and doc.get("code") in codes):
        yield Trouble(False, KEY, f"is {doc[KEY]!r}, a form that does not name the code {doc.get('code')!r}")


def _of_form(form: Mapping[Any, Any]) -> Iterator[Trouble]:
    for key in form:
        if key not in (*LENT, *_OWN):
            yield Trouble(True, str(key), "is not a key that can stand in a form")
    codes = form.get("codes")
    if codes != EVERY and not (codes and isinstance(codes, list) and all(isinstance(code, str) for code in codes)):
        yield Trouble(True, "codes", f"must be a list of codes in quotes, or {EVERY}")
    papers = form.get("components", [])
    if not isinstance(papers, list) or not all(isinstance(each, Mapping) for each in papers):
        yield Trouble(True, "components", "must be a list of papers")
    elif not all({"sid", *BEGINNINGS} & each.keys() for each in papers):
        yield Trouble(True, "components", "must each say which paper: its sid, or how its full or group begins")
