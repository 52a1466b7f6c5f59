"""Everything that must hold for a centre to be safe, tried one after the other: what `motcua check` says, and what the
operator's page shows.

Nouns: check, finding (ok, warning or fault, in one sentence, with what to do and whom to call), pace (how often it is
tried beside the server: every minute what is cheap, every hour what writes and takes it back, at night what reads all).
It mends nothing and it leaves nothing behind; what it tries in the database is rolled back.
"""

from motcua.config.checks.findings import Finding
from motcua.config.checks.paces import run_checks, run_pace

__all__ = ["Finding", "run_checks", "run_pace"]
