"""The room as Django sees it."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """A person's request, from intake to returned result."""

    name = "motcua.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        """Say how messages are carried out, how dossiers are told and watched, and which acts have a paper."""
        from motcua.dossiers import invariants, queries
        from motcua.dossiers.at_desk import inbox
        from motcua.dossiers.outside import deliveries, digital_signing, exchanging
        from motcua.dossiers.services import issuing
        from motcua.procedures import services as procedures

        deliveries.register()
        exchanging.register()
        digital_signing.register()
        inbox.register()
        invariants.register()
        issuing.subscribe()
        procedures.register_answers(queries.answered)
