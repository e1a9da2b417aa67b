"""Writes to the question banks. Keyword-only, atomic, one audit event each; the caller checks who may.

What the state does not allow is refused with :class:`questionnaires.policies.PolicyError`.
"""

from questionnaires.actions.editing import (
    add_item,
    add_part,
    add_section,
    remove_item,
    remove_part,
    remove_section,
    save_parts,
    update_item,
    update_part,
    update_section,
    update_version,
)
from questionnaires.actions.importing import import_bank
from questionnaires.actions.keys import PanelKey, PoleRatings, set_panel_figures
from questionnaires.actions.moving import DOWN, UP, move_item, move_section, shift_item, shift_section
from questionnaires.actions.versions import (
    create_questionnaire,
    discard_draft,
    publish_version,
    retire_version,
    return_to_draft,
    start_draft,
    submit_for_review,
)

__all__ = [
    "DOWN",
    "UP",
    "PanelKey",
    "PoleRatings",
    "add_item",
    "add_part",
    "add_section",
    "create_questionnaire",
    "discard_draft",
    "import_bank",
    "move_item",
    "move_section",
    "publish_version",
    "remove_item",
    "remove_part",
    "remove_section",
    "retire_version",
    "return_to_draft",
    "save_parts",
    "set_panel_figures",
    "shift_item",
    "shift_section",
    "start_draft",
    "submit_for_review",
    "update_item",
    "update_part",
    "update_section",
    "update_version",
]
