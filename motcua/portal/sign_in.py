"""How staff sign in: accounts are made by an administrator, never by whoever comes along.

It does not decide what somebody may do (kernel.access).
"""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from django import forms
from django.http import HttpRequest

from motcua.kernel import networks
from motcua.kernel.identity import Account
from motcua.ui import given

_log = logging.getLogger(__name__)


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the package has no types
    """No sign-up; a network is where the product says that a request comes from."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for himself."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the proxy saw, not the proxy's own; of one with a whole network behind it, the first."""
        return networks.counted_address(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A line of the log, without the name that was typed: it may be a password in the wrong field."""
        super().authentication_failed(request, **credentials)
        known = Account.objects.filter(username=credentials.get("username", "")).values_list("pk", flat=True).first()
        _log.warning("Signing in failed: account %s, from %s", known, networks.network_of(networks.address_of(request)))


class PasskeyForm(LoginWebAuthnForm):  # type: ignore[misc]  # the package has no types
    """Signing in with a passkey: whoever comes along may send this form, and anything in it."""

    credential = given.Json(required=True, widget=forms.HiddenInput)
