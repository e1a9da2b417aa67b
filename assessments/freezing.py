"""The database's own guard over score sheets."""

from questionnaires.freezing import Guard

# What a person was told stays what it was; scoring again adds a sheet beside it.
SHEET_GUARD = Guard(
    table="assessments_scoresheet",
    trigger="score_sheet_frozen",
    message="a score sheet never changes",
)
