"""The room as Django sees it."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Difficulties, guidance, and what two levels ask of each other."""

    name = "motcua.oversight"
    label = "oversight"

    def ready(self) -> None:
        """Say how messages to officers are carried out, and how difficulties stand in the inbox and are watched."""
        from motcua.oversight import deliveries, desk, invariants

        deliveries.register()
        desk.register()
        invariants.register()
