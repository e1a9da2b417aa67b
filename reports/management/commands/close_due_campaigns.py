import logging

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.actions import close_campaign
from assessments.models import Campaign
from assessments.policies import PolicyError
from reports.results import agencies_waiting, campaigns_to_freeze, freeze

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Menutup periode yang batas waktunya sudah lewat dan membekukan hasil setiap periode tertutup yang belum "
        "dibekukan; dijalankan berkala (cron)."
    )

    def handle(self, *args, **options):
        # One campaign or agency that fails must not keep the others waiting, and the next run tries it again.
        failed = [*self._close_due(), *self._freeze_waiting()]
        if failed:
            raise CommandError(f"Gagal: {', '.join(failed)}. Rinciannya ada di log.")

    def _close_due(self):
        """Closes what is due; yields what failed."""
        now = timezone.now()
        due = Campaign.objects.filter(state=Campaign.State.OPEN, closes_at__lte=now)
        for campaign in list(due.order_by("closes_at", "pk")):
            try:
                close_campaign(campaign=campaign, by=None, due_at=now)
                self.stdout.write(f"{campaign.code}: ditutup.")
            except PolicyError:
                continue  # somebody closed or extended it by hand a moment ago
            except Exception:
                logger.exception("Closing campaign %s failed", campaign.code)
                yield campaign.code

    def _freeze_waiting(self):
        """Freezes every closed campaign, also one whose last run broke off; yields what failed."""
        for campaign in list(campaigns_to_freeze()):
            for agency in list(agencies_waiting(campaign)):
                try:
                    freeze(campaign=campaign, agency=agency, by=None)
                    self.stdout.write(f"{campaign.code}: {agency.name} dibekukan.")
                except Exception:
                    logger.exception("Freezing campaign %s for agency %s failed", campaign.code, agency.code)
                    yield f"{campaign.code} ({agency.code})"
