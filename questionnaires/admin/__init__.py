"""The editor's room in Django admin.

Who may is decided by role grants; every save is an action; what is published is read-only. The page of a version
itself is registered one floor up, in ``scoring.admin`` (docs/adr/0008).
"""

from questionnaires.admin import frameworks, parts, questionnaires, versions

__all__ = ["frameworks", "parts", "questionnaires", "versions"]
