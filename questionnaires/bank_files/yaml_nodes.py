"""YAML to plain values with the line of every value. Only what a bank needs: mappings, lists, texts, numbers, booleans.

Values are built from the node tree and not by the library's constructor: nothing of the file can make an object, an
alias cannot be multiplied into gigabytes, and every value knows its line.
"""

import re

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError, YAMLStreamError
from ruamel.yaml.nodes import MappingNode, SequenceNode

from questionnaires.problems import Keys, Problem, Unreadable

DEEPEST = 20  # levels; a bank has nine
_DEEP_LINE = re.compile(rf"(?:^|\n) *(?:[-?] +){{{DEEPEST + 1}}}")
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_TAG = "tag:yaml.org,2002:"


def load(source: str) -> tuple[object, dict[Keys, int], list[Problem]]:
    """The value of a YAML text, the line of every position in it, and what had to be refused on the way.

    Raises:
        Unreadable: the text is not YAML.
    """
    if _is_nested_too_deep(source):
        raise Unreadable(Problem("Isi berkas ini bersarang terlalu dalam."))
    try:
        root = YAML(typ="safe", pure=True).compose(source)
    except RecursionError:
        raise Unreadable(Problem("Isi berkas ini bersarang terlalu dalam.")) from None
    except MarkedYAMLError as error:
        raise Unreadable(_syntax_problem(error)) from None
    except (YAMLError, YAMLStreamError, ValueError) as error:
        raise Unreadable(Problem(f"Berkas ini tidak dapat dibaca sebagai YAML: {error}")) from None
    if root is None:
        raise Unreadable(Problem("Berkas ini kosong."))
    builder = _Builder()
    return builder.build(root, ()), builder.lines, builder.problems


def _is_nested_too_deep(source):
    """A cheap look before parsing, whose time grows with the square of the depth; brackets in texts come in pairs."""
    depth = 0
    for sign in re.findall(r"[\[\]{}]", source):
        depth = depth + 1 if sign in "[{" else max(0, depth - 1)
        if depth > DEEPEST:
            return True
    return _DEEP_LINE.search(source) is not None


def _syntax_problem(error):
    mark = error.problem_mark or error.context_mark
    reason = error.problem or error.context or ""
    if "expected a single document" in (error.context or ""):
        return Problem("Berkas ini berisi lebih dari satu dokumen YAML.", line=mark.line + 1)
    return Problem(
        f"Penulisan YAML di sini keliru ({reason}). Periksa inden, tanda kutip, dan titik dua.",
        line=mark.line + 1 if mark else None,
    )


class _Builder:
    def __init__(self):
        self.lines = {}
        self.problems = []
        self._seen = set()

    def build(self, node, keys):
        self.lines.setdefault(keys, node.start_mark.line + 1)
        if id(node) in self._seen:
            self._refuse("Jangkar dan alias YAML (& dan *) tidak dipakai di berkas bank.", node, keys)
            return None
        self._seen.add(id(node))
        if len(keys) > DEEPEST:
            self._refuse("Isi berkas ini bersarang terlalu dalam.", node, keys)
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, keys)
        if isinstance(node, SequenceNode):
            return [self.build(child, (*keys, index)) for index, child in enumerate(node.value)]
        return self._scalar(node, keys)

    def _mapping(self, node, keys):
        result = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str):
                self._refuse("Nama kunci harus berupa teks.", key_node, keys)
                continue
            if key in result:
                self._refuse(f"Kunci “{key}” ditulis dua kali.", key_node, (*keys, key))
                continue
            self.lines[(*keys, key)] = key_node.start_mark.line + 1
            result[key] = self.build(value_node, (*keys, key))
        return result

    def _scalar(self, node, keys):
        tag, text = str(node.tag or "").removeprefix(_TAG), node.value
        if tag == "null":
            return None
        if tag == "bool":
            return _BOOLEANS.get(text, text)
        if tag == "int" and _WHOLE.fullmatch(text):
            return int(text)
        if tag == "float" and _DECIMAL.fullmatch(text):
            number = float(text)
            return int(number) if number.is_integer() else number
        if tag not in ("str", "int", "float", "timestamp"):
            self._refuse("Tanda jenis YAML (!) tidak dipakai di berkas bank.", node, keys)
        return text

    def _refuse(self, message, node, keys):
        self.problems.append(Problem(message, keys, line=node.start_mark.line + 1))
