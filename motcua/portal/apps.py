"""The room as Django sees it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The front doors."""

    name = "motcua.portal"
    label = "portal"
