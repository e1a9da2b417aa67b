"""The page of a version with its scoring rule: prepared beside the draft, published with it, or proposed afterwards."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from questionnaires import policies as version_policies
from questionnaires.admin.access import may_edit, may_publish, refused, require
from questionnaires.admin.versions import VersionAdmin, version_at
from questionnaires.models import Version
from scoring import actions, policies, selectors
from scoring.forms import PublishRuleForm, RuleEditor
from scoring.rule_differences import compare_rules
from scoring.rules import describe, from_document, to_document


class VersionWithRuleAdmin(VersionAdmin):
    """Adds the rule to the pages of a version: ``aturan/`` edits it, publishing and comparing show it."""

    publish_template = "admin/scoring/publish.html"
    compare_template = "admin/scoring/compare.html"

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/aturan/", wrap(self.rule_view), name="questionnaires_version_rule"),
            *super().get_urls(),
        ]

    def publish(self, *, version, change_note, by):
        return actions.publish_version_with_rule(version=version, change_note=change_note, by=by)

    def beside_content(self, before, after):
        coming = _rule_of(after)
        return {
            "rule_sentences": describe(coming, get_language(), _names(after)),
            "rule_url": rule_url(after),
            "rule_changes": compare_rules(_rule_of(before), coming, _names(after)) if before else (),
        }

    def rule_view(self, request, pk):
        """The rule of a version: in words, as a form for editors, and as a button for whoever may publish it."""
        version = version_at(request, pk)
        is_editable = may_edit(request.user) and _is_open_to_edits(version)
        proposal, present = selectors.open_proposal(version), selectors.present_rule(version)
        document = proposal.document if proposal else to_document(present)
        posted = request.POST if request.method == "POST" and "change_note" not in request.POST else None
        editor = RuleEditor(posted, document=document, version=version)
        if request.method == "POST":
            response = self._take(request, version, editor, is_editable)
            if response is not None:
                return response
        coming = editor.rule or from_document(document)
        context = self.page(request, version, _("Aturan skor")) | {
            "editor": editor,
            "is_editable": is_editable,
            "is_draft": version.status in Version.OPEN,
            "proposal": proposal,
            "sentences": describe(coming, get_language(), _names(version)),
            "changes": compare_rules(present, from_document(document), _names(version)),
            "rules": version.scoring_rules.select_related("published_by", "proposal"),
            "publish_form": PublishRuleForm() if _may_publish(request.user, version, proposal) else None,
        }
        return render(request, "admin/scoring/rule.html", context)

    def _take(self, request, version, editor, is_editable):
        """What a post asks for; None where the page is to be drawn again with what is wrong."""
        if "change_note" in request.POST:
            require(may_publish(request.user))
            return self._publish_proposal(request, version)
        require(is_editable)
        if request.POST.get("langkah") == "tarik":
            actions.withdraw_proposal(version=version, by=request.user)
            messages.success(request, _("Usulan dihapus. Aturan yang berlaku tetap seperti semula."))
            return redirect(rule_url(version))
        is_valid = editor.is_valid()
        if request.POST.get("langkah") == "uraian":
            return self._words(request, version, editor)
        if not is_valid or request.POST.get("langkah") == "periksa":
            return None
        try:
            actions.propose_rule(version=version, rule=editor.rule, by=request.user)
        except version_policies.PolicyError as error:
            return refused(request, error)
        messages.success(request, _("Aturan disimpan. Aturan ini belum berlaku sebelum diterbitkan."))
        return redirect(rule_url(version))

    def _words(self, request, version, editor):
        """The rule in plain words while it is being typed: only the sentences, for the script of the page."""
        sentences = describe(editor.rule, get_language(), _names(version)) if editor.rule else ()
        context = {"sentences": sentences, "faults": editor.faults()}
        return render(request, "admin/scoring/_rule_words.html", context)

    def _publish_proposal(self, request, version):
        form = PublishRuleForm(request.POST)
        note = form.cleaned_data["change_note"] if form.is_valid() else ""
        try:
            rule = actions.publish_proposal(version=version, change_note=note, by=request.user)
        except version_policies.PolicyError as error:
            return refused(request, error)
        messages.success(
            request,
            _("Aturan skor %(number)d telah terbit. Laporan yang sudah ada tetap memakai aturannya semula.")
            % {"number": rule.number},
        )
        return redirect(rule_url(version))


def rule_url(version):
    return reverse("admin:questionnaires_version_rule", args=[version.pk])


def _is_open_to_edits(version):
    """A rule is prepared beside a draft or for a version in use; what is in review stands still."""
    return version.status in Version.FROZEN or version_policies.can_edit(version)


def _may_publish(user, version, proposal):
    is_ready = proposal is not None and version.status in Version.FROZEN
    return is_ready and may_publish(user) and policies.can_publish_proposal(proposal, by=user)


def _rule_of(version):
    """The rule to compare a version by: in use, the newest published one; otherwise the one that is coming."""
    return (
        selectors.present_rule(version)
        if version.status in Version.FROZEN
        else selectors.coming_rule(version)
    )


def _names(version):
    field = "name_eng" if (get_language() or "id").startswith("en") else "name_ind"
    return dict(version.scales.values_list("code", field))
