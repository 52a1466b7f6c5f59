"""The database engine: Django's own backends, with what keeps committed rows safe and writers in a fair line.

Nouns: library (which SQLite is spoken to), journal mode, turn (the right to write), queue.
It does not know any table; which rows may never change is said in motcua.kernel.protection.
"""
