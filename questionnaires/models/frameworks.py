"""The official frameworks that scales and items are mapped onto."""

from django.db import models


class Framework(models.Model):
    """An official framework onto which scales are mapped, such as BerAKHLAK."""

    code = models.SlugField("kode", max_length=40, unique=True)
    name_ind = models.CharField("nama (Indonesia)", max_length=200)
    name_eng = models.CharField("nama (Inggris)", max_length=200)
    source = models.CharField("dasar", max_length=200)

    class Meta:
        verbose_name = "kerangka kompetensi"
        verbose_name_plural = "kerangka kompetensi"
        ordering = ["code"]

    def __str__(self):
        return self.name_ind


class Competency(models.Model):
    """One entry of a framework; the code is unique over all frameworks."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="competencies")
    code = models.CharField("kode", max_length=12, unique=True)
    name_ind = models.CharField("nama (Indonesia)", max_length=200)
    name_eng = models.CharField("nama (Inggris)", max_length=200)

    class Meta:
        verbose_name = "kompetensi"
        verbose_name_plural = "kompetensi"
        ordering = ["code"]

    def __str__(self):
        return f"{self.code} {self.name_ind}"
