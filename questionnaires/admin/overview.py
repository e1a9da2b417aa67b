"""What the page of a version shows besides its head: the content as a tree, and its problems with links."""

from dataclasses import dataclass

from django.urls import reverse

from questionnaires.admin.problem_links import field_anchor
from questionnaires.document import build_document
from questionnaires.feedback_bands import BANDS_OF_KIND
from questionnaires.models import Item
from questionnaires.problems import Problem
from questionnaires.validation import find_document_problems

_TABLES = {"response_sets": "responseset", "scales": "scale", "sections": "section"}


@dataclass(frozen=True)
class ListedProblem:
    """A problem, the page on which it can be put right, and the field of that page (``#id_stem_ind``, may be empty)."""

    problem: Problem
    url: str
    anchor: str

    @property
    def link(self) -> str:
        return self.url + self.anchor


@dataclass(frozen=True)
class Line:
    """One entry of the tree: its document part, its page, how many problems it has, and what is below it.

    ``key`` names the row in addresses and buttons, such as ``item-12``.
    """

    pk: int
    key: str
    entry: dict
    url: str
    problems: int
    children: tuple = ()

    @property
    def type_label(self) -> str:
        """The type of an item in words."""
        return Item.Type(self.entry["type"]).label

    @property
    def missing_bands(self) -> tuple[str, ...]:
        """The bands of a scale for which no feedback is written yet."""
        written = self.entry["feedback"] or {}
        return tuple(band for band in BANDS_OF_KIND.get(self.entry["kind"], ()) if band not in written)

    @property
    def up(self) -> str:
        return f"{self.key}-naik"

    @property
    def down(self) -> str:
        return f"{self.key}-turun"


@dataclass(frozen=True)
class Overview:
    sections: tuple[Line, ...]
    scales: tuple[Line, ...]
    response_sets: tuple[Line, ...]
    pairs: tuple[tuple[str, str, str], ...]
    problems: tuple[ListedProblem, ...]
    item_count: int

    @property
    def blocking_count(self) -> int:
        return sum(listed.problem.is_blocking for listed in self.problems)


def build_overview(version) -> Overview:
    """The tree of a version. The number of queries does not depend on the number of items."""
    document = build_document(version)
    urls = _Pages(version)
    listed = list_problems(version, document, urls) if version.status in version.OPEN else []
    counts = {}
    for each in listed:
        counts[each.url] = counts.get(each.url, 0) + 1
    return Overview(
        sections=tuple(
            urls.line(
                "section", section, counts, [urls.line("item", item, counts) for item in section["items"]]
            )
            for section in document["sections"]
        ),
        scales=tuple(
            urls.line("scale", scale, counts, urls.feedback_lines(scale)) for scale in document["scales"]
        ),
        response_sets=tuple(urls.line("responseset", entry, counts) for entry in document["response_sets"]),
        pairs=urls.pairs(),
        problems=tuple(listed),
        item_count=len(document["slots"]),
    )


def list_problems(version, document, urls=None) -> list[ListedProblem]:
    """The problems of a draft with the pages and fields that have them, blocking ones first."""
    urls = urls or _Pages(version)
    listed = [
        ListedProblem(problem, urls.of_problem(problem.keys, document), field_anchor(problem.keys))
        for problem in find_document_problems(document)
    ]
    return sorted(listed, key=lambda each: not each.problem.is_blocking)


class _Pages:
    """The pages of all parts of a version by code: one query a table."""

    def __init__(self, version):
        self._version = version
        self._keys = {
            "section": dict(version.sections.values_list("code", "pk")),
            "item": dict(version.items.values_list("code", "pk")),
            "scale": dict(version.scales.values_list("code", "pk")),
            "responseset": dict(version.response_sets.values_list("code", "pk")),
        }
        self._feedback = {}
        for scale in version.scales.prefetch_related("feedback_texts"):
            self._feedback[scale.code] = [(text.pk, text.band) for text in scale.feedback_texts.all()]

    def line(self, table, entry, counts, children=()):
        key = self._keys[table][entry["code"]]
        url = _page(table, key)
        return Line(key, f"{table}-{key}", entry, url, counts.get(url, 0), tuple(children))

    def feedback_lines(self, scale):
        return [
            Line(key, f"feedbacktext-{key}", {"band": band}, _page("feedbacktext", key), 0)
            for key, band in self._feedback[scale["code"]]
        ]

    def pairs(self):
        rows = self._version.consistency_pairs.order_by("pk")
        return tuple(
            (first, second, _page("consistencypair", key))
            for key, first, second in rows.values_list("pk", "first__code", "second__code")
        )

    def of_problem(self, keys, document):
        """The page of the innermost part that the problem is in; the version's own page where there is none."""
        if len(keys) < 2 or keys[0] not in _TABLES:
            return _page("version", self._version.pk)
        table, entry = _TABLES[keys[0]], document[keys[0]][keys[1]]
        if len(keys) >= 4 and keys[2] == "items":
            table, entry = "item", entry["items"][keys[3]]
        elif len(keys) >= 4 and keys[2] == "feedback":
            texts = {band: key for key, band in self._feedback[entry["code"]]}
            if keys[3] in texts:
                return _page("feedbacktext", texts[keys[3]])
        return _page(table, self._keys[table][entry["code"]])


def _page(table, key):
    return reverse(f"admin:questionnaires_{table}_change", args=[key])
