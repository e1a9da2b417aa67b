"""Which columns of which models are personal data: shown in *Data saya*, or left out with a reason. Pure.

A model is personal if it points to a user, or hangs on a model that is personal and goes with it, or holds a NIP or an
e-mail address. Every such model stands in ``HELD`` or in ``EXCEPTED``; every column of what is held is shown or left
out with a reason: tests/architecture/test_own_data.py compares this page with the models. Whoever adds a model or a
column shows it in a table of this package, or says here why not.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Held:
    """A model whose rows are shown. ``shown``: columns; ``left_out``: other columns, each with the reason."""

    shown: frozenset[str]
    left_out: dict[str, str] = field(default_factory=dict)


_KEY = "nomor catatan; tidak berarti apa-apa di luar basis data"
_OWNER = "orangnya sendiri"
_PARENT = "catatan induknya, yang ditampilkan bersamanya"
_OFFICE = "perbuatan dalam tugas; tercantum di jejak sebagai peristiwa yang dilakukan"


def _held(shown: str, **left_out: str) -> Held:
    return Held(frozenset(shown.split()), {"id": _KEY, **left_out})


HELD = {
    "accounts.User": _held(
        "nip name title_before title_after email is_active is_staff is_superuser created_at last_login",
        password="sidik kata sandi: rahasia; yang ditampilkan hanya apakah ada",  # noqa: S106 - a reason, no password
        groups="tidak dipakai: peran ada di RoleGrant",
        user_permissions="tidak dipakai: peran ada di RoleGrant",
    ),
    "accounts.ActivationCode": _held(
        "is_for_forgotten issued_at expires_at", user=_OWNER, digest="sidik kode: rahasia"
    ),
    "account.EmailAddress": _held("email verified primary", user=_OWNER),
    "mfa.Authenticator": _held(
        "type created_at last_used_at", user=_OWNER, data="rahasia tersegel; nama kunci sandi ditampilkan"
    ),
    "usersessions.UserSession": _held(
        "created_at ip last_seen_at user_agent",
        user=_OWNER,
        session_key="kunci sesi: rahasia",
        data="tidak dipakai",
    ),
    "socialaccount.SocialAccount": _held("provider uid last_login date_joined extra_data", user=_OWNER),
    "admin.LogEntry": _held(
        "action_time user action_flag change_message object_repr",
        content_type="bagian kalimat catatan",
        object_id="bagian kalimat catatan",
    ),
    "agencies.Placement": _held(
        "unit job_category job_level employment_kind supervises_others valid_from valid_to", person=_OWNER
    ),
    "agencies.RoleGrant": _held("role agency unit granted_by granted_at", user=_OWNER),
    "assessments.Assignment": _held(
        "public_id campaign agency unit unit_path job_category employment_kind supervises_others completed_at",
        person=_OWNER,
    ),
    "assessments.Delivery": _held("number claimed_at sent_at", assignment=_PARENT),
    "assessments.MailChoice": _held("wants_reminders", person=_OWNER),
    "assessments.ListedPerson": _held("audience", person=_OWNER),
    "assessments.Attempt": _held(
        "public_id version assignment state answers page_seconds revision started_at saved_at submitted_at",
        person=_OWNER,
    ),
    "assessments.OpenText": _held("item_code text", attempt=_PARENT),
    "assessments.ScoreSheet": _held(
        "number rule calibration norm engine_version scores quality quality_details created_at",
        attempt=_PARENT,
    ),
    "reports.ReportShare": _held(
        "public_id attempt owner recipient note days given_at ends_at ended_at ending"
    ),
    "reports.SharedPart": _held("part scale_code", share=_PARENT),
    "reports.ReportLook": _held("looked_at", share=_PARENT),
    "development.Goal": _held(
        "public_id attempt scale_code behaviour when_then measure method supporter runs_from due_on jp status "
        "created_at completed_at",
        person=_OWNER,
    ),
    "development.ActionItem": _held("note jp noted_at", goal=_PARENT),
    "development.GoalStep": _held("status note replaced taken_at", goal=_PARENT),
    "development.Reminder": _held("kind due_on claimed_at sent_at", goal=_PARENT),
    "development.PlanSettings": _held(
        "wants_reminders language next_assessment_on",
        person=_OWNER,
        unsubscribe_key="kunci tautan berhenti: rahasia",
    ),
    "accounts.Consent": _held("purpose wording language is_given decided_at", person=_OWNER),
    "accounts.ProcessingRestriction": _held("since", person=_OWNER),
    "privacy.DataRequest": _held(
        "public_id agency kind text asked_at due_at state decided_at decided_by answer", person=_OWNER
    ),
    "privacy.IncidentLetter": _held("incident claimed_at sent_at", person=_OWNER),
    "audit.AuditEvent": _held(
        "at event actor_label target_model target_id detail",
        actor_id="orangnya sendiri, atau pelaku yang namanya ditampilkan",
        agency_id="jejak instansi mana; tidak menambah apa-apa tentang orangnya",
    ),
}

# Columns that name a user, or hold a NIP or an address, without making the row that person's data.
EXCEPTED = {
    "agencies.PrivacyNotice.published_by": _OFFICE,
    "agencies.RosterUpload.uploaded_by": _OFFICE,
    "privacy.Incident.reported_by": _OFFICE,
    "assessments.Campaign.edited_by": _OFFICE,
    "background.BackgroundJob.asked_by": _OFFICE,
    "panels.ExpertPanel.applied_by": _OFFICE,
    "panels.ExpertPanel.created_by": _OFFICE,
    "panels.PanelInvitation.email": "pakar panel tidak mempunyai akun; ia bukan pengguna",
    "questionnaires.Version.editors": _OFFICE,
    "questionnaires.Version.last_edited_by": _OFFICE,
    "questionnaires.Version.published_by": _OFFICE,
    "reports.Export.asked_by": _OFFICE,
    "reports.ReleaseState.frozen_by": _OFFICE,
    "scoring.CalibrationSet.frozen_by": _OFFICE,
    "scoring.NormSet.frozen_by": _OFFICE,
    "scoring.RuleProposal.edited_by": _OFFICE,
    "scoring.RuleProposal.editors": _OFFICE,
    "scoring.ScoringRule.published_by": _OFFICE,
    "account.EmailConfirmation.email_address": "kunci konfirmasi surel: rahasia; di sini tidak pernah dibuat",
    "socialaccount.SocialToken.account": "token layanan masuk: rahasia; di sini tidak pernah disimpan",
}

# Rows that hold people without a relation to them, so that no walk over the models finds them.
EXCEPTED_CONTENT = {
    "agencies.RosterPart": "potongan berkas pegawai; hilang ketika berkas diterapkan atau dibuang",
    "sessions.Session": "hanya nomor pengguna dan keadaan masuk; tampil sebagai perangkat yang masuk",
}
