"""Money for a matter: what is to be paid and why, and what was paid by whichever way.

Nouns: Charge (an amount with its basis, or an exemption), Payment (money that came, once under its op_id), BankAccount
(where an office is paid), VietQR (the payload of a payment code). It does not know what a matter is about, takes no
money by itself, and issues no e-receipt.
"""
