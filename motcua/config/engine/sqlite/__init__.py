"""Django's SQLite backend with a safe library, the settings of a centre, and a fair single writer per file.

Django imports this package before its `base`, so this is where the library is exchanged: one line that must run first.
"""

from motcua.config.engine import library

library.exchange()
