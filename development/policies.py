"""Whether the state of a plan allows an action; the message is the sentence that the user reads."""

from datetime import timedelta

from django.utils.translation import gettext as _

from assessments.models import Attempt
from development.models import Goal

# Few and near: goals that are specific and soon are pursued (measurement.md section 7).
MOST_OPEN_GOALS = 3
LONGEST_DAYS = 90
# A self-assessment further away than this is no appointment.
FURTHEST_ASSESSMENT_DAYS = 2 * 365
# The bound of the database; a day has about ten lesson hours.
MOST_JP = 900


class PolicyError(ValueError):
    """What was asked cannot be done in the present state of the plan."""


def check_goal_can_be_added(person):
    """Raises unless the person has room for one more goal."""
    if Goal.objects.of(person).not_completed().count() >= MOST_OPEN_GOALS:
        raise PolicyError(
            _(
                "Anda sudah mempunyai %(most)s sasaran yang belum selesai. "
                "Selesaikan salah satunya dahulu, agar setiap sasaran mendapat perhatian."
            )
            % {"most": MOST_OPEN_GOALS}
        )


def can_goal_be_added(person) -> bool:
    return _holds(check_goal_can_be_added, person)


def check_due_date(due_on, *, today):
    """Raises unless the date lies from today to 90 days ahead."""
    if due_on < today:
        raise PolicyError(_("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya."))
    if due_on > today + timedelta(days=LONGEST_DAYS):
        raise PolicyError(
            _("Tanggal ini lebih dari %(days)s hari lagi. Pilih langkah yang lebih kecil dan lebih dekat.")
            % {"days": LONGEST_DAYS}
        )


def can_due_date_be_set(due_on, *, today) -> bool:
    return _holds(check_due_date, due_on, today=today)


def check_jp(jp):
    """Raises unless the lesson hours are possible."""
    if not 0 <= jp <= MOST_JP:
        raise PolicyError(_("Jam pelajaran (JP) berupa bilangan 0 sampai %(most)s.") % {"most": MOST_JP})


def can_jp_be_recorded(jp) -> bool:
    return _holds(check_jp, jp)


def check_wording(*, due_on, jp, method, today):
    """Raises unless date, lesson hours and method of a goal are possible."""
    check_due_date(due_on, today=today)
    check_jp(jp)
    if method and method not in Goal.Method.values:
        raise PolicyError(_("Cara belajar itu tidak dikenal. Pilih salah satu dari daftar."))


def check_goal_takes_changes(goal):
    """Raises for a goal that is completed."""
    if goal.status == Goal.Status.COMPLETED:
        raise PolicyError(
            _("Sasaran ini sudah selesai dan tidak berubah lagi. Catatannya tetap dapat dibaca.")
        )


def check_report_can_lead_to_goal(attempt, *, person):
    """Raises unless the report is the person's own and there is one."""
    if attempt.person_id != person.pk or attempt.state != Attempt.State.SUBMITTED:
        raise PolicyError(_("Sasaran hanya dapat dibuat dari laporan Anda sendiri."))


def can_report_lead_to_goal(attempt, *, person) -> bool:
    return _holds(check_report_can_lead_to_goal, attempt, person=person)


def check_person_can_be_reminded(person):
    """Raises for an account without an e-mail address."""
    if not person.email:
        raise PolicyError(
            _(
                "Akun Anda belum mempunyai alamat surel, jadi pengingat tidak dapat dikirim. "
                "Mintalah pengelola SDM mengisinya, atau pakai berkas kalender."
            )
        )


def can_person_be_reminded(person) -> bool:
    return _holds(check_person_can_be_reminded, person)


def check_next_assessment(day, *, today):
    """Raises unless the day lies from today to two years ahead."""
    if day < today:
        raise PolicyError(_("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya."))
    if day > today + timedelta(days=FURTHEST_ASSESSMENT_DAYS):
        raise PolicyError(_("Tanggal ini lebih dari dua tahun lagi. Pilih tanggal yang lebih dekat."))


def _holds(check, *args, **kwargs):
    try:
        check(*args, **kwargs)
    except PolicyError:
        return False
    return True
