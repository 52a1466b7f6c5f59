"""The room as Django sees it."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """A person's request, from intake to returned result."""

    name = "motcua.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        """Say how messages to applicants are carried out, how dossiers stand in the inbox, what must hold of them."""
        from motcua.dossiers import deliveries, inbox, invariants

        deliveries.register()
        inbox.register()
        invariants.register()
