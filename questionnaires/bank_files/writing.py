"""From a document to a bank file that people like to read and git likes to compare."""

import re
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from questionnaires.bank_documents import to_bank

# Longer than any text: one text stays on one line, so a changed word changes one line.
_NEVER_WRAP = 1_000_000
# What a literal block gives back exactly: printable characters, no blank at the start or the end of a line.
_PLAIN_LINE = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def write(document) -> str:
    """The bank file of a document: same document, same text; reading it back gives the same document and hash."""
    yaml = YAML()
    yaml.width = _NEVER_WRAP
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(_styled(to_bank(document)), stream)
    return stream.getvalue()


def _styled(value, key=None):
    if isinstance(value, dict):
        return {k: _styled(each, k) for k, each in value.items()}
    if isinstance(value, list):
        if all(isinstance(each, str | int) for each in value):
            short = CommentedSeq(_styled(each) for each in value)
            short.fa.set_flow_style()
            return short
        return [_styled(each) for each in value]
    if isinstance(value, str):
        return _styled_text(value, is_prose=key in ("id", "en"))
    return value


def _styled_text(text, *, is_prose):
    if "\n" in text:
        lines = text.split("\n")
        if all(not line or _is_plain(line) for line in lines):
            return LiteralScalarString(text)
        return DoubleQuotedScalarString(text)
    # Left plain, "?x" in a list on one line would be read back as a key without a value.
    return DoubleQuotedScalarString(text) if is_prose or not text[:1].isalnum() else text


def _is_plain(line):
    return line == line.strip() and all(_PLAIN_LINE.match(char) or char == " " for char in line)
