"""The closed words of a definition: types of questions, ways of filing, acts of a route, kinds of papers."""

TYPES = (
    "name", "text", "long_text", "date", "date_or_year", "integer", "decimal", "datetime", "money", "choice", "choices",
    "boolean", "address", "citizen_id", "identity_paper", "country", "phone", "email", "tax_code", "file", "table",
    "computed", "commune",
)  # fmt: skip
# What may stand in one cell of a table.
COLUMN_TYPES = (
    "name", "text", "date", "date_or_year", "integer", "decimal", "money", "choice", "boolean", "citizen_id", "country",
    "phone",
)  # fmt: skip
OPTION_LISTS = ("ethnic_groups",)
COMPUTATIONS = ("date_in_words", "uppercase")
PREFILLS = (
    "applicant.full_name", "applicant.birth_date", "applicant.sex", "applicant.citizen_id", "applicant.phone",
    "applicant.email", "applicant.address", "centre.province", "centre.commune", "today",
)  # fmt: skip
MODES = ("here", "counter", "portal", "none")
CHANNELS = ("online", "postal", "direct")
UNITS = ("working_hour", "working_day", "day", "month")
# "request": asked of an agency outside, whose answer an officer notes by hand.
ACTS = ("receive", "process", "request", "settle", "return")
ROLES = ("paper", "if_applies", "present", "declaration")
KINDS = ("original", "certified_copy", "photocopy")
# Who settles it in a commune. Police and military procedures are posted, never handled by the service centre.
KEEPERS = ("commune", "police", "military")
# How much the source of the file knew: everything, something, or only that the procedure exists.
DETAILS = ("full", "partial", "catalogue_only")
# From which the result of a dossier can be written (dossiers.signing).
RESULT_TEMPLATES = ("confirmation",)
