"""Whether anything in the database changed: a fingerprint of every table that a page could write to."""

import hashlib

from accounts.models import Consent, ProcessingRestriction, User
from agencies.models import Agency, Placement, PrivacyNotice, RoleGrant, RosterUpload, Unit
from assessments.models import (
    Assignment,
    Attempt,
    Audience,
    Campaign,
    Delivery,
    Letters,
    MailChoice,
    ScoreSheet,
)
from audit.models import AuditEvent
from development.models import ActionItem, Goal, GoalStep, PlanSettings
from panels.models import ExpertPanel, PanelInvitation, PanelNote, PanelRating
from privacy.models import DataRequest, Incident, IncidentLetter
from reports.models import Export, ExportPart, ReleaseState, ReportLook, ReportShare, ResultCell, SharedPart

GUARDED = (
    Audience,
    Letters,
    Delivery,
    MailChoice,
    Assignment,
    Attempt,
    ScoreSheet,
    Campaign,
    ReleaseState,
    ResultCell,
    Export,
    ExportPart,
    ReportShare,
    SharedPart,
    ReportLook,
    Goal,
    ActionItem,
    GoalStep,
    PlanSettings,
    ExpertPanel,
    PanelInvitation,
    PanelRating,
    PanelNote,
    RosterUpload,
    Unit,
    User,
    Placement,
    RoleGrant,
    Agency,
    PrivacyNotice,
    Consent,
    ProcessingRestriction,
    DataRequest,
    Incident,
    IncidentLetter,
    AuditEvent,
)


def fingerprint():
    """Everything that a post could have changed: for each table the number of rows and a hash of their values."""
    tables = {}
    for model in GUARDED:
        rows = [
            [bytes(value) if isinstance(value, memoryview) else value for value in row]
            for row in model.objects.order_by("pk").values_list(*_fields(model))
        ]
        tables[model.__name__] = (len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
    return tables


def _fields(model):
    """All but the moment of signing in, which the test itself changes."""
    return [field.attname for field in model._meta.concrete_fields if field.name != "last_login"]
