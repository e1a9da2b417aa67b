"""Writes to expert panels. Keyword-only, atomic, one audit event each; the caller checks who may.

The trail never says which expert said what, nor how an expert is called.
"""

from panels.actions.applying import Applied, apply_panel
from panels.actions.experts import begin, finish, save_ratings
from panels.actions.panels import (
    NewExpert,
    close_panel,
    extend_panel,
    invite_experts,
    make_panel,
    renew_link,
    revoke_invitation,
)

__all__ = [
    "Applied",
    "NewExpert",
    "apply_panel",
    "begin",
    "close_panel",
    "extend_panel",
    "finish",
    "invite_experts",
    "make_panel",
    "renew_link",
    "revoke_invitation",
    "save_ratings",
]
