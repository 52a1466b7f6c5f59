"""Who opened a dossier, when and what for: one row a session, day and kind of thing looked at. Rows are only added."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.rules import accesses
from motcua.kernel import protection


class Access(models.Model):
    """That somebody who works here looked at a dossier."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="accesses")
    person = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    # By which post; the applicant reads this one, not the name.
    post = models.ForeignKey("kernel.Post", models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=10, choices=[(each, each) for each in accesses.KINDS])
    at = models.DateTimeField()
    day = models.DateField()
    # A digest that names the session without being one.
    session = models.CharField(max_length=16)
    purpose = models.CharField(max_length=12, choices=[(each, each) for each in accesses.PURPOSES])
    # What somebody who is no party said; may be blanked by law.
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "accesses"
        indexes = [models.Index(fields=["person", "day"], name="access_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "person", "session", "day", "what", "purpose"], name="one_access_a_session_and_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} opened {self.dossier_id}"


protection.append_only(
    "dossiers_access",
    blanking=protection.Blanking(
        columns=("words",), event_type="dossiers.personal_data_erased", matter_column="dossier_id"
    ),
)
