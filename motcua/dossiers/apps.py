"""The room as Django sees it."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """A person's request, from intake to returned result."""

    name = "motcua.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        """Say how messages to applicants are carried out, and what must hold of every dossier."""
        from motcua.dossiers import deliveries, invariants

        deliveries.register()
        invariants.register()
