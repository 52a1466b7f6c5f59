"""The room as Django sees it."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look and the words that every page shares."""

    name = "motcua.ui"
    label = "ui"

    def ready(self) -> None:
        """Mail is a system outside."""
        from motcua.ui import mail

        mail.register()
