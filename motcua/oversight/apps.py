"""The room as Django sees it."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Difficulties, guidance, and what two levels ask of each other."""

    name = "motcua.oversight"
    label = "oversight"

    def ready(self) -> None:
        """Say how messages are carried out, and how difficulties and directives stand in the inbox and are watched."""
        from motcua.oversight import deliveries, desk, directive_desk, invariants

        deliveries.register()
        desk.register()
        directive_desk.register()
        invariants.register()
