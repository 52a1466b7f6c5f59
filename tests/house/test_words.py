"""Every word a reader meets exists in Vietnamese, with its placeholders in place."""

from motcua.config import messages


def test_vietnamese_is_complete_and_every_placeholder_is_kept() -> None:
    faults = messages.check(messages.rooms())
    assert not faults, "\n".join(faults)
