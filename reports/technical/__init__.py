"""The technical report of a closed campaign: how well it was measured, and never how well anybody did.

* ``values``: what a report holds.
* ``sample``: the reads: who was asked, what was sent, and by which rules it was scored.
* ``figures``: the arithmetic over a sample. Pure.
* ``building``: from a campaign to its report.
* ``wording``: the report as a document of blocks, which the page and the PDF both draw.

Always the whole sample of one campaign, as for item statistics: no unit and no person can be read out of it.
"""

from reports.technical.building import NotYet, technical_report

__all__ = ["NotYet", "technical_report"]
