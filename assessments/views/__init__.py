"""Pages of the person who answers: introduction, filling in, reviewing."""

from assessments.views.answering import section
from assessments.views.reviewing import review
from assessments.views.starting import introduction, resume, task

__all__ = ["introduction", "resume", "review", "section", "task"]
