"""The editor's room in Django admin.

Who may is decided by role grants; every save is an action; what is published is read-only.
"""

from questionnaires.admin import frameworks, parts, questionnaires, versions

__all__ = ["frameworks", "parts", "questionnaires", "versions"]
