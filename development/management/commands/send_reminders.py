import logging

from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from development import actions
from development.reminder_mail import reminder_mail
from development.selectors import reminders_due

logger = logging.getLogger(__name__)

# After so many refusals in a row the mail server is down; the rest waits for the next run.
MOST_FAILURES = 5


class Command(BaseCommand):
    help = (
        "Mengirim surel pengingat sasaran di tengah waktu dan pada tanggalnya kepada yang memintanya; dijalankan "
        "berkala (cron), aman diulang dan aman dijalankan dua sekaligus."
    )

    def handle(self, *args, **options):
        sent = failed = in_a_row = 0
        connection = get_connection()
        for goal, kind in reminders_due(now=timezone.now()):
            reminder = actions.claim_reminder(goal=goal, kind=kind, now=timezone.now())
            if reminder is None:
                continue
            try:
                reminder_mail(
                    goal=goal, kind=kind, plan_settings=goal.person.plan_settings, connection=connection
                ).send()
            except Exception as fault:
                actions.release_reminder(reminder=reminder)
                # The fault's own words may hold the address.
                logger.error("Reminder for goal %s could not be sent: %s", goal.pk, type(fault).__name__)
                failed, in_a_row = failed + 1, in_a_row + 1
                if in_a_row == MOST_FAILURES:
                    break
            else:
                actions.mark_reminder_sent(reminder=reminder, now=timezone.now())
                sent, in_a_row = sent + 1, 0
        self.stdout.write(f"{sent} pengingat dikirim.")
        if failed:
            raise CommandError(
                f"{failed} pengingat gagal dikirim dan dicoba lagi pada jalan berikutnya. "
                "Periksa EMAIL_URL; rinciannya ada di log."
            )
