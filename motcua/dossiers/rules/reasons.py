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
# How an officer made sure at the desk that the person is the applicant.
IDENTITY_CHECKS = ("citizen_card", "other_paper", "known_in_person")
# So long may one message be, and so many may an applicant write about one dossier: enough for a talk, not for a flood.
LONGEST_MESSAGE = 2000
MESSAGES_IN_AN_HOUR, MESSAGES_IN_A_DAY = 5, 20
# "wrong_procedure": another one was keyed in; "new_version": a filed dossier moves by an officer's act only (R4).
CHANGE_REASONS = ("wrong_procedure", "new_version", "other")
