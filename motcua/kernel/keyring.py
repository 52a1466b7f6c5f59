"""The keys that make codes on paper, links and handles: the newest makes, one of all of them made what is shown.

A key is renewed by a command and stays as long as something names it. It does not know what the codes open.
"""

from django.conf import settings


def newest() -> str:
    """The key that makes codes."""
    return str(settings.CLAIM_KEYS[settings.CLAIM_KEY_ID])


def every() -> list[str]:
    """Every key that ever made one, the newest first."""
    earlier = [str(settings.CLAIM_KEYS[each]) for each in reversed(list(settings.CLAIM_KEYS))]
    return list(dict.fromkeys([newest(), *earlier]))
