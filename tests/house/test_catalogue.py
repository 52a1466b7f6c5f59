"""Every file of the catalogue loads."""

import re

from motcua.procedures import services as procedures
from motcua.procedures import strict_yaml

# Words after which a Vietnamese phrase goes on.
CUT_OFF = (
    " của",
    " theo",
    " trong",
    " trừ",
    " hoặc",
    " và",
    " do cơ quan",
    " ban hành",
    " đối với",
    " trường hợp",
    " gồm",
    " theo Mẫu",
    " Mẫu số",
    " Phụ lục",
    "…",
)
# Everybody knows these, or would not know the word behind them.
KNOWN_LETTERS = {"ADN", "APEC", "LPG"}
LETTERS = re.compile(r"\b(?![IVX]+\b)[A-ZĐ]{2,}\b")
TWICE = re.compile(r"\b(\w+ \w+) \1\b")


def test_every_file_of_the_catalogue_is_sound() -> None:
    assert any(procedures.SHIPPED.rglob("*.yaml"))
    faults = procedures.faults_of(procedures.SHIPPED)
    assert not faults, "\n".join(map(str, faults))


def test_every_label_of_a_paper_can_be_read() -> None:
    """The first cuts were made by program; none of them is left that breaks off, or holds the name of a file."""
    for path in sorted(procedures.SHIPPED.rglob("[0-9]*.yaml")):
        for paper in strict_yaml.loaded(path).get("components") or ():
            title = paper["title"] if isinstance(paper["title"], str) else paper["title"]["vi"]
            where = f"{path.name} {paper['sid']}: {title}"
            assert title[0].isalnum() or title[0] in "“\"'", where
            assert title.count("(") == title.count(")"), where
            assert not title.endswith(CUT_OFF), where
            assert not TWICE.search(title), where
            assert not paper.get("group", "").startswith("…"), where
            assert not any(text.endswith((".doc", ".docx", ".pdf")) for text in (title, paper.get("full", ""))), where


def test_no_short_name_speaks_in_capital_letters_or_holds_its_code() -> None:
    for path in sorted(procedures.SHIPPED.rglob("[0-9]*.yaml")):
        found = strict_yaml.loaded(path)
        name = found["short_name"] if isinstance(found["short_name"], str) else found["short_name"]["vi"]
        assert set(LETTERS.findall(name)) <= KNOWN_LETTERS, f"{path.name}: {name}"
        assert found["code"] not in name, f"{path.name}: {name}"
        assert len(name) <= 80, f"{path.name}: {name}"
