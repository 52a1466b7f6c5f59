"""The reasons that an act may name, as codes; the words are in `wording` and the version's own list."""

REFUSAL_REASONS = ("not_competent", "incomplete", "not_eligible", "already_settled", "other")
RETURN_METHODS = ("counter", "post", "electronic")
# What may be wrong with a field or a paper; a version may name more of its own.
SUPPLEMENT_REASONS = (
    "missing",
    "unreadable",
    "wrong_paper",
    "not_signed",
    "expired",
    "contradicts",
    "not_certified",
    "other",
)
EXTENSION_REASONS = ("verification", "awaiting_other_office", "complex", "workload", "system_failure", "other")
STOP_REASONS = (
    "supplement_not_given",
    "not_eligible",
    "dispute",
    "authority_decision",
    "applicant_unreachable",
    "other",
)
WITHDRAWAL_REASONS = ("applicant_asked",)
# "wrong_procedure": another one was keyed in; "new_version": a filed dossier moves by an officer's act only (R4).
CHANGE_REASONS = ("wrong_procedure", "new_version", "other")
