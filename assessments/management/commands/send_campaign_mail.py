import logging

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.letters.sending import send_letters
from assessments.models import Campaign, campaign_takes_answers

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Mengirim undangan dan pengingat periode yang sedang dibuka dan yang surelnya dikirim otomatis; dijalankan "
        "berkala (cron), aman diulang dan aman dijalankan dua sekaligus."
    )

    def handle(self, *args, **options):
        # One period that fails must not keep the others waiting.
        failed = list(self._send())
        if failed:
            raise CommandError(
                f"Gagal seluruhnya atau sebagian: {', '.join(failed)}. Dicoba lagi pada jalan berikutnya; periksa "
                "EMAIL_URL, rinciannya ada di log."
            )

    def _send(self):
        """Sends what is due of every period; yields those of which something failed."""
        campaigns = Campaign.objects.filter(
            campaign_takes_answers(timezone.now()), letters__is_automatic=True
        )
        for campaign in list(campaigns.select_related("agency", "letters").order_by("closes_at", "pk")):
            try:
                sent = send_letters(campaign, by=None)
            except Exception:
                logger.exception("Sending the mail of campaign %s failed", campaign.code)
                yield campaign.code
            else:
                self.stdout.write(f"{campaign.code}: {sent.sent} surel dikirim.")
                if sent.failed:
                    yield campaign.code
