"""The room as Django sees it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The front doors."""

    name = "motcua.portal"
    label = "portal"

    def ready(self) -> None:
        """Say which room fills which place on another's page, and how one finds what another keeps."""
        from motcua.dossiers import queries as dossiers
        from motcua.dossiers.queries import satisfaction
        from motcua.oversight import queries as oversight
        from motcua.oversight.queries import feedback_figures as feedback
        from motcua.portal import guidance

        guidance.register()
        oversight.open_dossiers_with(dossiers.matter_by_claim)
        satisfaction.ask_complaints_of(feedback.complained_about)
