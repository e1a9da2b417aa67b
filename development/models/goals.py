import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from accounts.restricting import usable
from assessments.models import Attempt
from questionnaires.models import FeedbackTip

# About two pages; a longer text is a diary, not a note.
LONGEST_NOTE = 4000


class GoalQuerySet(models.QuerySet):
    def of(self, person):
        """The person's own goals; a plan is private unless its person shares it (selectors.sharing)."""
        return self.filter(person=person)

    def not_completed(self):
        """Goals that still count against the three that a person may have at a time."""
        return self.exclude(status=Goal.Status.COMPLETED)

    def reminding(self):
        """Goals under way of active people who have an address and want to be reminded."""
        reminded = self.not_completed().filter(
            person__is_active=True, person__plan_settings__wants_reminders=True
        )
        return usable(reminded.exclude(person__email=""), person="person")

    def with_recorded_jp(self):
        """Adds ``recorded_jp``: the JP of all notes of progress."""
        return self.annotate(recorded_jp=Coalesce(Sum("action_items__jp"), 0))


class Goal(models.Model):
    """A person's development goal: one behaviour, when it happens, how it is measured, by which day."""

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", "Belum"
        IN_PROGRESS = "in_progress", "Berjalan"
        COMPLETED = "completed", "Selesai"
        CHANGED = "changed", "Diubah"

    # The tips of a bank name their method with the same words.
    Method = FeedbackTip.Method

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="goals")
    attempt = models.ForeignKey(
        Attempt,
        verbose_name="dari laporan",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="goals",
    )
    scale_code = models.CharField("kode skala", max_length=40, blank=True)
    behaviour = models.CharField("perilaku", max_length=300)
    when_then = models.CharField("ketika … saya akan …", max_length=300)
    measure = models.CharField("ukuran", max_length=300)
    method = models.CharField("cara belajar", max_length=16, choices=FeedbackTip.Method, blank=True)
    supporter = models.CharField("siapa yang mendukung", max_length=200, blank=True)
    # From this day to the date; a new date starts it again. Half-way is counted between the two.
    runs_from = models.DateField("berjalan sejak")
    due_on = models.DateField("tanggal")
    jp = models.PositiveSmallIntegerField("JP", default=0)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.NOT_STARTED)
    created_at = models.DateTimeField("dibuat pada")
    completed_at = models.DateTimeField("selesai pada", null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = "sasaran pengembangan"
        verbose_name_plural = "sasaran pengembangan"
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="goal_completed_at_matches_status",
                condition=Q(status="completed", completed_at__isnull=False)
                | (~Q(status="completed") & Q(completed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="goal_status_known",
                condition=Q(status__in=["not_started", "in_progress", "completed", "changed"]),
            ),
            models.CheckConstraint(
                name="goal_method_known",
                condition=Q(
                    method__in=[
                        "",
                        "pelatihan",
                        "coaching",
                        "mentoring",
                        "magang",
                        "belajar_mandiri",
                        "penugasan",
                        "seminar",
                        "komunitas",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="goal_due_on_not_before_it_runs", condition=Q(due_on__gte=models.F("runs_from"))
            ),
            # A day has at most about ten lesson hours and a goal runs for at most 90 days.
            models.CheckConstraint(name="goal_jp_is_plausible", condition=Q(jp__lte=900)),
        ]

    def __str__(self):
        return self.behaviour


class ActionItem(models.Model):
    """A note of progress on a goal."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="action_items")
    note = models.CharField("catatan", max_length=LONGEST_NOTE)
    jp = models.PositiveSmallIntegerField("JP", default=0)
    noted_at = models.DateTimeField("dicatat pada")

    class Meta:
        verbose_name = "catatan kemajuan"
        verbose_name_plural = "catatan kemajuan"
        ordering = ["-id"]
        constraints = [models.CheckConstraint(name="action_item_jp_is_plausible", condition=Q(jp__lte=900))]

    def __str__(self):
        return self.note[:60]


class GoalStep(models.Model):
    """A step in the life of a goal: the status it came to and why, and what a rewrite replaced.

    ``replaced`` holds only the fields whose value changed, each with its old value: nothing once planned is lost.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    status = models.CharField("status", max_length=12, choices=Goal.Status)
    note = models.CharField("catatan", max_length=LONGEST_NOTE, blank=True)
    replaced = models.JSONField("yang digantikan", default=dict)
    taken_at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "riwayat sasaran"
        verbose_name_plural = "riwayat sasaran"
        ordering = ["-id"]
        constraints = [
            # A goal begins as "not started"; it never comes back to that.
            models.CheckConstraint(
                name="goal_step_status_known",
                condition=Q(status__in=["in_progress", "completed", "changed"]),
            ),
        ]

    def __str__(self):
        return f"{self.goal_id}: {self.status}"
