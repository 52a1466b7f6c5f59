"""How staff sign in: accounts are made by an administrator, never by whoever comes along.

It does not decide what somebody may do (kernel.access).
"""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from motcua.kernel import networks


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the package has no types
    """No sign-up; a network is where the product says that a request comes from."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for himself."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the proxy saw, not the proxy's own; of one with a whole network behind it, the first."""
        return networks.counted_address(request)
