"""Codes that people are given and type back: claim codes, made again from their seed and compared by a keyed hash."""

import hashlib
import hmac

# No letter that looks or sounds like another: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V, M N.
CLAIM_ALPHABET = "3467ACDEFGHJKPQRTWXY"
CLAIM_LENGTH = 10
# A result is checked by whoever holds the paper, for as long as it exists: longer than a claim code.
VERIFY_LENGTH = 16


def claim_code(key: str, seed: str) -> str:
    """Ten characters that open a matter: an HMAC, so that a repeated request can be answered with the same code."""
    value = int.from_bytes(hmac.digest(key.encode(), b"claim:" + seed.encode(), "sha256"))
    letters = []
    for _ in range(CLAIM_LENGTH):
        value, index = divmod(value, len(CLAIM_ALPHABET))
        letters.append(CLAIM_ALPHABET[index])
    return "".join(letters)


def normal_claim_code(typed: str) -> str:
    """What somebody typed, without the differences that do not count: case, blanks, hyphens."""
    return "".join(typed.split()).replace("-", "").upper()


def claim_code_hash(key: str, code: str) -> str:
    """What is stored and compared. Keyed: whoever reads the table alone cannot try codes against it."""
    return hmac.new(key.encode(), b"stored:" + normal_claim_code(code).encode(), hashlib.sha256).hexdigest()


def spaced(code: str) -> str:
    """A code in groups of four, as it is read out."""
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))
