"""The content linter: what a schema cannot see in a bank's wording and balance (docs/content-rules.md). Pure.

Every finding carries the code of its rule. A few stop publication: a person must not be led to admit an offence or a
party, and the screen must not pass a verdict. Everything else is advice, because a rule about language that is right
nine times in ten must not stand in the way the tenth time.
"""

from questionnaires.bank_advice import balance, layout, repeats, sensitive, spelling, wording
from questionnaires.problems import Problem

_MODULES = (layout, balance, wording, sensitive, spelling, repeats)


def find_advice(view) -> list[Problem]:
    """Everything that the linter has to say about a bank, rule by rule."""
    return [finding for module in _MODULES for finding in module.find(view)]
