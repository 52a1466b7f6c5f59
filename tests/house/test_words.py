"""Every word a reader meets exists in Vietnamese, with its placeholders in place."""

from motcua.config import messages
from tests.house import tree


def test_vietnamese_is_complete_and_every_placeholder_is_kept() -> None:
    faults = messages.check(messages.rooms())
    assert not faults, "\n".join(faults)


def test_no_word_is_kept_that_has_left_the_source() -> None:
    left = [str(path) for path in tree.ROOT.glob("motcua/locale/*/*.po") if "\n#~ " in path.read_text(encoding="utf-8")]
    assert not left, f"run python -m motcua.config.messages extract for {', '.join(left)}"
