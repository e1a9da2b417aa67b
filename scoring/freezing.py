"""The database's own guard over published scoring rules."""

from audit.guards import Guard

# A rule is born published: there is no state in which an update would be right.
RULE_GUARD = Guard(
    table="scoring_scoringrule",
    trigger="scoring_rule_frozen",
    message="a published scoring rule never changes",
)

_FIGURES = ("calibrationset", "calibration", "normset", "normtable")

# What people were told rests on these figures; another sample is another number.
FIGURE_GUARDS = tuple(
    Guard(
        table=f"scoring_{name}",
        trigger=f"scoring_{name}_frozen",
        message="a frozen calibration or norm never changes",
    )
    for name in _FIGURES
)
