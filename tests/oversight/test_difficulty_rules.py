"""What may be done with a difficulty, and what of its words is hidden."""

import pytest

from motcua.kernel.workflow import Refused
from motcua.oversight.rules import difficulties as rules


def test_a_merged_difficulty_is_not_reopened() -> None:
    with pytest.raises(Refused) as refused:
        rules.MACHINE.next("merged", rules.REOPEN)
    assert refused.value.reason_code == "finished"


def test_an_answer_is_possible_while_something_is_asked_back() -> None:
    assert rules.MACHINE.next("asked_back", rules.ANSWER) == "answered"


@pytest.mark.parametrize("state", sorted(set(rules.STATES) - rules.FINISHED))
def test_whatever_is_open_is_somebodys_step(state: str) -> None:
    assert rules.STEP_OF_STATE[state]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Số định danh 003190000001 bị báo trùng", "Số định danh ••••••01 bị báo trùng"),
        ("gọi 0300 000 001 không được", "gọi ••••••01 không được"),
        ("gọi +84 300 000 001.", "gọi ••••••01."),
        ("thư gửi mau.mot@vidu.example bị trả lại", "thư gửi •••@••• bị trả lại"),
        ("Nghị định 118/2025/NĐ-CP, điều 14", "Nghị định 118/2025/NĐ-CP, điều 14"),
        ("hồ sơ H36.24-261123-0007 nộp 24/11/2026 lúc 15:00", "hồ sơ H36.24-261123-0007 nộp 24/11/2026 lúc 15:00"),
        ("thủ tục 2.000815 phí 8.000 đồng", "thủ tục 2.000815 phí 8.000 đồng"),
    ],
)
def test_numbers_of_persons_are_hidden_and_nothing_else(written: str, kept: str) -> None:
    assert rules.masked(written) == kept
