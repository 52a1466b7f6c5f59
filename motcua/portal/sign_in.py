"""How staff sign in: accounts are made by an administrator, never by whoever comes along.

It does not decide what somebody may do (kernel.access).
"""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the package has no types
    """No sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for himself."""
        return False
