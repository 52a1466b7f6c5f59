"""Rows that never change: said once beside the model, refused by the database itself, proven by really trying.

Nouns: kept table (append-only or frozen), blanking (the one change that the law of personal data demands).
UPDATE, DELETE, INSERT OR REPLACE and TRUNCATE are refused with an IntegrityError, whoever speaks to the database.
It does not know what the rows mean, and it cannot stop somebody who may drop tables: the chain of digests shows that.
"""

from motcua.kernel.protection.declared import IS_KEPT, Blanking, append_only, frozen
from motcua.kernel.protection.proof import unrefused
from motcua.kernel.protection.triggers import install, lifted, missing

__all__ = ["IS_KEPT", "Blanking", "append_only", "frozen", "install", "lifted", "missing", "unrefused"]
