"""Texts that a version needs in the form tools of others (ODK, KoboToolbox, SurveyJS). Pure."""

from questionnaires.version_document import Text

MOST_APT = Text("Paling tepat", "Most effective")
LEAST_APT = Text("Paling kurang tepat", "Least effective")
MUST_DIFFER = Text(
    "Tindakan yang paling tepat dan yang paling kurang tepat harus berbeda.",
    "The most effective and the least effective action must be different.",
)


def too_long(longest) -> Text:
    """What is said of an open text that is longer than it may be."""
    return Text(f"Paling banyak {longest} karakter.", f"At most {longest} characters.")


def joined(*texts) -> Text:
    """Texts as paragraphs of one."""
    given = [each for each in texts if each]
    return Text("\n\n".join(each.id for each in given), "\n\n".join(each.en for each in given))


def poles_of(item) -> Text:
    """Both poles of a contrast, named as its answers name them."""
    return Text(f"A: {item.left.id}\n\nB: {item.right.id}", f"A: {item.left.en}\n\nB: {item.right.en}")
