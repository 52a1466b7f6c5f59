"""The official papers of a dossier (Circular 03/2025/TT-VPCP, Annex I): which act each documents, and its symbol.

Form 01 carries the dossier number and is no row of its own; 06 and 07 are made from the record whenever they are asked
for. Symbols 02 and 04 were read on papers of running centres; those of 03 and 05 are ours until the Annex is read.
"""

from collections.abc import Mapping

RECEIPT, SUPPLEMENT, REFUSAL, APOLOGY, STOPPING, CONTROL = "01", "02", "03", "04", "05", "06"
FORM_OF_EVENT: Mapping[str, str] = {
    "dossiers.supplement_requested": SUPPLEMENT,
    "dossiers.refused": REFUSAL,
    "dossiers.extension_decided": APOLOGY,
    "dossiers.stopped": STOPPING,
}
SYMBOLS: Mapping[str, str] = {SUPPLEMENT: "HDHS", REFUSAL: "PTCTN", APOLOGY: "PXL", STOPPING: "TBDGQ"}

# Behind the number of a result where nobody says another (Decree 30/2020, art. 15).
RECORDS_SYMBOL = "UBND"


def document_number(form: str, n: int) -> str:
    """The n-th paper of its kind and year at an office: "12/HDHS"."""
    return f"{n}/{SYMBOLS[form]}"
