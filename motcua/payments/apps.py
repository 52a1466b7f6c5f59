"""The room as Django sees it."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Charges and payments."""

    name = "motcua.payments"
    label = "payments"
