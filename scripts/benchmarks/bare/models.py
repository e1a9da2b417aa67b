from django.conf import settings
from django.db import models


class BareAnswer(models.Model):
    """One press on one radio."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    item = models.CharField(max_length=20)
    value = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)
