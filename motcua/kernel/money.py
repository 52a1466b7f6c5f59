"""Amounts of money: whole đồng as int, written in digits and in words as papers ask.

It does not know what is paid, by whom, or rates of any kind (payments).
"""

UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
BILLION = 1_000_000_000
SCALES = ((1_000_000, "triệu"), (1_000, "nghìn"), (1, ""))


def format_vnd(amount: int) -> str:
    """8000 → "8.000 đồng"."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def in_words_vi(amount: int) -> str:
    """8000 → "tám nghìn đồng"."""
    if amount < 0:
        return f"âm {in_words_vi(-amount)}"
    return f"{number_in_words_vi(amount)} đồng"


def number_in_words_vi(number: int) -> str:
    """A whole number that is not negative, in words: 1005 → "một nghìn không trăm linh năm"."""
    if number < 0:
        raise ValueError("only whole numbers from zero up")
    if number == 0:
        return UNITS[0]
    billions, rest = divmod(number, BILLION)
    words = [number_in_words_vi(billions), "tỷ"] if billions else []
    for size, name in SCALES:
        group, rest = divmod(rest, size)
        if group:
            # Below a larger group the hundreds are said even when there are none, or 1005 would sound like 1500.
            words += [*_group(group, whole=bool(words)), name]
    return " ".join(filter(None, words))


def _group(number: int, *, whole: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [UNITS[hundreds], "trăm"] if hundreds or whole else []
    if 0 < rest < 10 and words:
        return [*words, "linh", UNITS[rest]]
    return words + _tens(rest)


def _tens(number: int) -> list[str]:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return [UNITS[unit]] if unit else []
    words = ["mười"] if tens == 1 else [UNITS[tens], "mươi"]
    if unit == 0:
        return words
    if unit == 5:
        return [*words, "lăm"]
    return [*words, "mốt" if unit == 1 and tens > 1 else UNITS[unit]]
