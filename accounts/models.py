from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models

from accounts.consent_models import Consent, ProcessingRestriction
from accounts.sealed_nip import STORED_SHAPE
from accounts.sealed_nip_field import SealedNipField

__all__ = ["ActivationCode", "Consent", "ProcessingRestriction", "User"]


class UserManager(BaseUserManager):
    """Makes users for Django's own commands; the product itself uses :mod:`accounts.actions`."""

    def create_user(self, nip, password=None, **fields):
        user = self.model(nip=nip, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, nip, password=None, **fields):
        return self.create_user(nip, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in. What the person may do is granted in ``agencies.RoleGrant``, not here."""

    nip = SealedNipField("NIP", unique=True, null=True, blank=True)
    name = models.CharField("nama", max_length=200)
    title_before = models.CharField("gelar depan", max_length=60, blank=True)
    title_after = models.CharField("gelar belakang", max_length=100, blank=True)
    email = models.EmailField("surel", blank=True)
    is_active = models.BooleanField("aktif", default=True)
    is_staff = models.BooleanField("staf teknis", default=False)
    created_at = models.DateTimeField("dibuat", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "nip"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        constraints = [
            models.CheckConstraint(
                name="user_nip_is_sealed",
                condition=models.Q(nip__isnull=True) | models.Q(nip__stored=STORED_SHAPE),
                violation_error_message="NIP terdiri atas 18 angka.",
            )
        ]

    def __str__(self):
        # The NIP holds the birth date, so a person is shown by name only.
        return self.get_full_name()

    def get_full_name(self):
        name = f"{self.title_before} {self.name}".strip()
        return f"{name}, {self.title_after}" if self.title_after else name

    def get_short_name(self):
        return self.name


class ActivationCode(models.Model):
    """The one code with which a person may set a password; gone once it is used.

    The first password, or a new one for whoever forgot it: a code for the one does not serve for the other.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="activation_code")
    digest = models.CharField("sidik kode", max_length=64)
    is_for_forgotten = models.BooleanField("untuk kata sandi yang terlupa", default=False)
    issued_at = models.DateTimeField("dibuat pada")
    expires_at = models.DateTimeField("berlaku sampai")

    class Meta:
        verbose_name = "kode aktivasi"
        verbose_name_plural = "kode aktivasi"
        constraints = [
            models.CheckConstraint(
                name="activation_code_expires_after_issue",
                condition=models.Q(expires_at__gt=models.F("issued_at")),
            )
        ]

    def __str__(self):
        return f"kode aktivasi {self.pk}"
