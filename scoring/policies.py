"""What the state of a rule allows. ``check_x`` raises with the sentence the user reads; ``can_x`` asks it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questionnaires.models import Version
from questionnaires.policies import PolicyError
from scoring.composites import find_strangers
from scoring.rules import Rule

NO_LEVEL_ITEMS = gettext_lazy(
    "Indikasi mandiri level tidak dapat ditampilkan: versi ini tidak mempunyai butir dengan level kompetensi."
)


class RuleNotPublishable(PolicyError):
    """The version cannot take a rule now; the message is the sentence that the user reads."""


def check_takes_rules(version):
    if version.status not in Version.FROZEN:
        raise RuleNotPublishable(
            _("Aturan skor hanya dapat diterbitkan untuk versi kuesioner yang sudah terbit.")
        )


def check_fits(rule: Rule, kinds, *, has_level_items):
    """``kinds``: of every scale of the version by code; ``has_level_items``: whether an item has a competency level."""
    strangers = find_strangers(rule.composites, kinds)
    if strangers:
        raise RuleNotPublishable(" ".join(strangers))
    if rule.levels and not has_level_items:
        raise RuleNotPublishable(NO_LEVEL_ITEMS)


def check_publish_proposal(proposal, *, by):
    check_takes_rules(proposal.version)
    if proposal.editors.filter(pk=by.pk).exists():
        raise RuleNotPublishable(
            _(
                "Anda ikut menyunting usulan aturan ini. Mintalah orang lain menerbitkannya, agar aturannya dibaca "
                "dua orang."
            )
        )


def check_change_note(note):
    if not note.strip():
        raise RuleNotPublishable(_("Isilah catatan perubahan: apa yang baru pada aturan ini dan mengapa."))


def can_publish_proposal(proposal, *, by) -> bool:
    try:
        check_publish_proposal(proposal, by=by)
    except RuleNotPublishable:
        return False
    return True
