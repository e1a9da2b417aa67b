"""Expert panels: who was asked, what they were asked, and what they said."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from questionnaires.models import Questionnaire, Version
from scoring.panel_verdicts import HIGHEST_RATING, LOWEST_RATING


class ExpertPanel(models.Model):
    """Experts asked about the vignettes and contrasts of one version, for some weeks.

    ``material`` is what they read, frozen when the panel is made (``panels.material``); the version may be a draft that
    goes on changing or is thrown away.
    """

    class State(models.TextChoices):
        OPEN = "open", "Dibuka"
        CLOSED = "closed", "Ditutup"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    questionnaire = models.ForeignKey(
        Questionnaire, verbose_name="kuesioner", on_delete=models.PROTECT, related_name="panels"
    )
    version = models.ForeignKey(
        Version, verbose_name="versi", on_delete=models.SET_NULL, null=True, related_name="panels"
    )
    version_number = models.PositiveSmallIntegerField("nomor versi")
    purpose = models.CharField("tujuan", max_length=300)
    opens_at = models.DateTimeField("dibuka pada")
    closes_at = models.DateTimeField("ditutup pada")
    state = models.CharField("keadaan", max_length=6, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField("penutupan", null=True)
    material = models.JSONField("bahan beku")
    # The last draft that took the key of this panel; the trail knows what it took.
    applied_at = models.DateTimeField("dipakai pada", null=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dipakai oleh",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    applied_number = models.PositiveSmallIntegerField("dipakai pada versi", null=True)
    created_at = models.DateTimeField("dibuat pada")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="dibuat oleh", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "panel ahli"
        verbose_name_plural = "panel ahli"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="panel_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))
            ),
            # Names every state, so there is no other one.
            models.CheckConstraint(
                name="panel_closed_at_matches_state",
                condition=Q(state="open", closed_at__isnull=True)
                | Q(state="closed", closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="panel_applied_whole_or_absent",
                condition=Q(applied_at__isnull=True, applied_by__isnull=True, applied_number__isnull=True)
                | Q(
                    state="closed",
                    applied_at__isnull=False,
                    applied_by__isnull=False,
                    applied_number__isnull=False,
                ),
            ),
        ]

    def __str__(self):
        return f"{self.questionnaire.code} · versi {self.version_number} · {self.purpose}"


class PanelInvitation(models.Model):
    """One expert asked by one panel. He has no account: whoever holds the secret link is the expert."""

    panel = models.ForeignKey(
        ExpertPanel, verbose_name="panel", on_delete=models.CASCADE, related_name="invitations"
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nama", max_length=120)
    email = models.EmailField("surel", blank=True)
    expertise = models.CharField("keahlian", max_length=200, blank=True)
    link_digest = models.CharField("sidik tautan", max_length=64, unique=True)
    invited_at = models.DateTimeField("diundang pada")
    link_made_at = models.DateTimeField("tautan dibuat pada")
    opened_at = models.DateTimeField("mulai menilai pada", null=True)
    finished_at = models.DateTimeField("selesai pada", null=True)
    revoked_at = models.DateTimeField("dicabut pada", null=True)

    class Meta:
        verbose_name = "undangan pakar"
        verbose_name_plural = "undangan pakar"
        ordering = ["id"]
        constraints = [
            # Whoever was withdrawn may be asked again.
            models.UniqueConstraint(
                fields=["panel", "name"],
                condition=Q(revoked_at__isnull=True),
                name="panel_invitation_name_unique_in_panel",
            ),
            models.UniqueConstraint(
                fields=["panel", "email"],
                condition=Q(revoked_at__isnull=True) & ~Q(email=""),
                name="panel_invitation_email_unique_in_panel",
            ),
            models.CheckConstraint(
                name="panel_invitation_keeps_a_fingerprint_only",
                condition=Q(link_digest__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="panel_invitation_opened_before_finished",
                condition=Q(finished_at__isnull=True)
                | Q(opened_at__isnull=False, finished_at__gte=F("opened_at")),
            ),
            # What an expert has finished counts; it cannot be made to vanish once the figures are known.
            models.CheckConstraint(
                name="panel_invitation_not_finished_and_revoked",
                condition=Q(finished_at__isnull=True) | Q(revoked_at__isnull=True),
            ),
        ]

    def __str__(self):
        return self.name


class PanelRating(models.Model):
    """What one expert says of one option of a vignette (effectiveness) or one pole of a pair (desirability), 1..5."""

    invitation = models.ForeignKey(PanelInvitation, on_delete=models.CASCADE, related_name="ratings")
    item_code = models.CharField("kode butir", max_length=20)
    target = models.CharField("yang dinilai", max_length=8, help_text="Kode pilihan, left, atau right.")
    value = models.PositiveSmallIntegerField("nilai")
    saved_at = models.DateTimeField("disimpan pada")

    class Meta:
        verbose_name = "penilaian pakar"
        verbose_name_plural = "penilaian pakar"
        ordering = ["invitation", "item_code", "target"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "item_code", "target"], name="panel_rating_unique"),
            models.CheckConstraint(
                name="panel_rating_on_its_scale",
                condition=Q(value__gte=LOWEST_RATING, value__lte=HIGHEST_RATING),
            ),
        ]


class PanelNote(models.Model):
    """A remark of one expert on one item, for the editors."""

    invitation = models.ForeignKey(PanelInvitation, on_delete=models.CASCADE, related_name="notes")
    item_code = models.CharField("kode butir", max_length=20)
    text = models.CharField("catatan", max_length=1000)
    saved_at = models.DateTimeField("disimpan pada")

    class Meta:
        verbose_name = "catatan pakar"
        verbose_name_plural = "catatan pakar"
        ordering = ["invitation", "item_code"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "item_code"], name="panel_note_unique"),
            models.CheckConstraint(name="panel_note_not_empty", condition=~Q(text="")),
        ]
