"""The message tool: what it keeps, what it refuses."""

from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from motcua.config import messages

ENTRY = 'msgid "{}"\nmsgstr "{}"\n\n'


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with two rooms that say a few words."""
    root = tmp_path / "motcua"
    for room in ("gate", "hall"):
        (root / room).mkdir(parents=True)
        (root / room / "__init__.py").write_text("")
    (root / "gate" / "views.py").write_text('def knock():\n    return _("Knock %(times)s times")\n')
    (root / "hall" / "page.html").write_text(
        "{% if a %}\n  {% translate 'Come in' %}\n{% endif %}\n"
        "{% blocktranslate trimmed count n=n %}\n  {{ n }} guest\n"
        "{% plural %}\n  {{ n }} guests\n{% endblocktranslate %}"
    )
    monkeypatch.setattr(messages, "PACKAGE", root)
    monkeypatch.setattr(messages, "LOCALE", root / "locale")
    return root


def write(package: Path, room: str, text: str) -> None:
    path = package / "locale" / "vi" / f"{room}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n' + text)


def test_words_of_code_and_templates_land_in_the_catalogue_of_their_room(package: Path) -> None:
    messages.extract("gate", "vi")
    messages.extract("hall", "vi")
    hall = (package / "locale/vi/hall.po").read_text()
    assert 'msgid "Come in"' in hall
    assert 'msgid_plural "%(n)s guests"' in hall
    assert "Knock" not in hall
    assert "#: motcua/gate/views.py\n" in (package / "locale/vi/gate.po").read_text()


def test_a_translation_stays_when_the_source_is_read_again(package: Path) -> None:
    write(package, "gate", ENTRY.format("Knock %(times)s times", "Gõ cửa %(times)s lần"))
    messages.extract("gate", "vi")
    first = (package / "locale/vi/gate.po").read_bytes()
    messages.extract("gate", "vi")
    assert "Gõ cửa" in first.decode()
    assert (package / "locale/vi/gate.po").read_bytes() == first


def test_a_word_that_left_the_source_leaves_the_catalogue_and_is_not_compiled(package: Path) -> None:
    write(package, "gate", ENTRY.format("Go away", "Mời về"))
    messages.extract("gate", "vi")
    assert "Go away" not in (package / "locale/vi/gate.po").read_text()
    assert messages.compile_language("vi") == []
    with (package / "locale/vi/LC_MESSAGES/django.mo").open("rb") as file:
        assert "Go away" not in read_mo(file)


def test_a_missing_placeholder_is_a_fault_and_is_left_out(package: Path) -> None:
    write(package, "gate", "#, python-format\n" + ENTRY.format("Knock %(times)s times", "Gõ cửa"))
    assert "placeholders [] should be ['%(times)s']" in messages.compile_language("vi")[0]


def test_a_fuzzy_entry_is_a_fault(package: Path) -> None:
    write(package, "hall", "#, fuzzy\n" + ENTRY.format("Come in", "Mời vào"))
    assert "fuzzy" in messages.compile_language("vi")[0]


def test_two_rooms_that_translate_one_message_differently_are_a_fault(package: Path) -> None:
    write(package, "gate", ENTRY.format("Send", "Gửi"))
    write(package, "hall", ENTRY.format("Send", "Nộp"))
    assert "translated differently in gate.po" in messages.compile_language("vi")[0]


def test_two_rooms_may_translate_one_message_alike(package: Path) -> None:
    write(package, "gate", ENTRY.format("Send", "Gửi"))
    write(package, "hall", ENTRY.format("Send", "Gửi"))
    assert messages.compile_language("vi") == []


def test_check_names_what_has_no_translation_and_what_is_not_extracted(package: Path) -> None:
    messages.extract("gate", "vi")
    faults = messages.check(["gate", "hall"])
    assert any("gate.po: 'Knock %(times)s times' has no translation" in fault for fault in faults)
    assert any("run extract hall" in fault for fault in faults)


def test_an_unknown_room_is_said_and_not_guessed(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(["extract", "cellar"]) == 2
    assert "There is no room cellar" in capsys.readouterr().err
