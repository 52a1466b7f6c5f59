"""The room as Django sees it."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Difficulties, guidance, and what two levels ask of each other."""

    name = "motcua.oversight"
    label = "oversight"

    def ready(self) -> None:
        """Say how messages are carried out, and how difficulties, directives and feedback stand in the inbox."""
        from motcua.oversight.at_desk import desk, directive_desk, feedback_pages, report_desk
        from motcua.oversight.outside import deliveries, feedback_deliveries
        from motcua.oversight.watching import feedback_watch, invariants, report_watch

        deliveries.register()
        desk.register()
        directive_desk.register()
        report_desk.register()
        invariants.register()
        feedback_deliveries.register()
        feedback_pages.register()
        feedback_watch.register()
        report_watch.register()
