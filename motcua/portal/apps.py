"""The room as Django sees it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The front doors."""

    name = "motcua.portal"
    label = "portal"

    def ready(self) -> None:
        """Say which room fills which place on another's page."""
        from motcua.portal import guidance

        guidance.register()
