"""The database's own guard over published scoring rules."""

from questionnaires.freezing import Guard

# A rule is born published: there is no state in which an update would be right.
RULE_GUARD = Guard(
    table="scoring_scoringrule",
    trigger="scoring_rule_frozen",
    message="a published scoring rule never changes",
)
