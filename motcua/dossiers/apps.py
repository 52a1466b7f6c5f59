"""The room as Django sees it."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """A person's request, from intake to returned result."""

    name = "motcua.dossiers"
    label = "dossiers"
