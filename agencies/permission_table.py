"""The table of roles, permissions and reach in words for a lawyer, from what the code itself decides by."""

from agencies.authorization import ROLE_PERMISSIONS, STAFF_PERMISSIONS, Permission
from agencies.models import AGENCY_ROLES, GENERAL_ROLES, Role

ENGLISH = {
    Role.RESPONDENT: "civil servant who answers",
    Role.AGENCY_ANALYST: "HR analyst of an agency",
    Role.AGENCY_ADMINISTRATOR: "administrator of an agency",
    Role.BANK_EDITOR: "editor of question banks",
    Role.BANK_APPROVER: "approver of question banks",
    Role.NATIONAL_ANALYST: "national analyst",
    Role.PSYCHOMETRICIAN: "psychometrician",
    Role.AUDITOR: "auditor",
}

MEANING = {
    Permission.TAKE_QUESTIONNAIRE: "answer questionnaires",
    Permission.VIEW_AGENCY_RESULTS: "see frozen results of groups, after disclosure control",
    Permission.MANAGE_CAMPAIGN: "prepare, open, extend and close assessment periods",
    Permission.MANAGE_PEOPLE: (
        "bring in units and people, hand out activation codes, reset a lost second factor; of a whole agency also "
        "answer requests about personal data, publish privacy notices, handle incidents"
    ),
    Permission.GRANT_ROLES: "give and withdraw roles within the own reach",
    Permission.VIEW_BANK: "read question banks, drafts included",
    Permission.EDIT_BANK: "edit drafts of question banks",
    Permission.PUBLISH_BANK: "publish a draft that was handed in",
    Permission.VIEW_NATIONAL_RESULTS: "see frozen results of groups in every agency, after disclosure control",
    Permission.VIEW_AUDIT: "read the audit trail",
    Permission.MANAGE_MEASUREMENT: "statistics of items and scales, calibrations, norms, scoring again",
}

HEAD = """# Who may do what

Written by `manage.py permission_table` from `agencies/authorization.py`, by which every check of the product is made;
do not edit. `manage.py permission_table --check` says whether it is still true. What each role gets from each address
stands in `tests/architecture/truth_table.py`, and the suite walks it.

A role is given to a person for a *reach*. A permission holds within that reach and nowhere else. Whatever a person
is not allowed here is refused. Permissions marked * count only while staff powers are open: the person has a second
factor and has confirmed who it is a short while ago.

No permission reaches the answers, the scores or the report of another person. These belong to whoever answered, who
may show parts of a report to one named person and take that back.

The technical superuser of Django is not a role and stands outside this table: with staff powers open, that account
opens every list of the admin. There it sees that attempts and score sheets exist, but not whose they are, nor an
answer or a score, and can change neither.
"""


def reach_of(role) -> str:
    """How far a grant of the role can reach."""
    if role in AGENCY_ROLES:
        return "one agency, or one unit and what is below it"
    if role in GENERAL_ROLES:
        return "every agency"
    return "every agency, one agency, or one unit and what is below it"


def render() -> str:
    """The page, as Markdown."""
    lines = [
        HEAD,
        "## Roles and how far they reach",
        "",
        "| Role | In English | Reach |",
        "| --- | --- | --- |",
    ]
    lines += [f"| {role.label} | {ENGLISH[role]} | {reach_of(role)} |" for role in Role]
    head = " | ".join(role.label for role in Role)
    lines += ["", "## Permissions", "", f"| What is allowed | {head} |", "| --- |" + " --- |" * len(Role)]
    for permission in Permission:
        star = " *" if permission in STAFF_PERMISSIONS else ""
        cells = " | ".join("yes" if permission in ROLE_PERMISSIONS[role] else "no" for role in Role)
        lines.append(f"| {MEANING[permission]}{star} | {cells} |")
    return "\n".join(lines) + "\n"
