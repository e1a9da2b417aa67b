"""From a document to editing rows: the one way in which a draft is filled, from a bank file or from a version."""

from decimal import Decimal

from questionnaires.models import (
    Competency,
    ConsistencyPair,
    FeedbackText,
    FeedbackTip,
    Item,
    ItemOption,
    Option,
    ResponseSet,
    Scale,
    Section,
)


def head_fields(document) -> dict:
    """The fields of ``Version`` that the document decides."""
    head = document["questionnaire"]
    return {
        **_both("title", head["title"]),
        **_both("summary", head["summary"]),
        **_both("introduction", head["introduction"]),
        "minutes": head["minutes"],
        "sources": head["sources"],
        "allow_ipsative": head.get("allow_ipsative", False),
    }


def write_rows(version, document):
    """Fills an empty version. The number of queries does not depend on the number of items.

    Raises:
        Competency.DoesNotExist: the document names a competency that is not loaded.
    """
    competencies = _competencies(document)
    response_sets = _write_response_sets(version, document)
    scales = _write_scales(version, document, competencies)
    items = _write_items(version, document, response_sets, scales, competencies)
    ConsistencyPair.objects.bulk_create(
        ConsistencyPair(version=version, first=items[first], second=items[second])
        for first, second in document["consistency_pairs"]
    )


def _both(name, pair):
    return {f"{name}_ind": pair["id"] if pair else "", f"{name}_eng": pair["en"] if pair else ""}


def _competencies(document):
    entries = [*document["scales"], *(item for s in document["sections"] for item in s["items"])]
    wanted = {code for entry in entries for code in entry["competencies"]}
    found = {competency.code: competency for competency in Competency.objects.filter(code__in=wanted)}
    missing = sorted(wanted - set(found))
    if missing:
        raise Competency.DoesNotExist(
            f"Kompetensi {', '.join(missing)} belum dimuat; jalankan manage.py import_frameworks."
        )
    return found


def _write_response_sets(version, document):
    rows = ResponseSet.objects.bulk_create(
        ResponseSet(
            version=version,
            code=entry["code"],
            kind=entry["kind"],
            positive_values=entry["positive_values"],
            neutral_values=entry["neutral_values"],
            position=position,
            **_both("na_label", entry["na_label"]),
        )
        for position, entry in enumerate(document["response_sets"], start=1)
    )
    Option.objects.bulk_create(
        Option(
            response_set=row,
            value=option["value"],
            **_both("label", option["label"]),
            **_both("anchor", option["anchor"]),
        )
        for row, entry in zip(rows, document["response_sets"], strict=True)
        for option in entry["options"]
    )
    return {row.code: row for row in rows}


def _write_scales(version, document, competencies):
    entries = list(enumerate(document["scales"], start=1))
    scales = {}
    # Dimensions first: a facet needs the key of its parent, wherever it stands in the report.
    for has_parent in (False, True):
        rows = Scale.objects.bulk_create(
            Scale(
                version=version,
                code=entry["code"],
                kind=entry["kind"],
                parent=scales[entry["parent"]] if has_parent else None,
                position=position,
                traits=entry["traits"],
                **_both("name", entry["name"]),
                **_both("definition", entry["definition"]),
            )
            for position, entry in entries
            if bool(entry["parent"]) is has_parent
        )
        scales |= {row.code: row for row in rows}
    _link(Scale, scales, document["scales"], competencies)
    _write_feedback(scales, document)
    return scales


def _link(model, rows, entries, competencies):
    through = model.competencies.through
    through.objects.bulk_create(
        through(
            **{f"{model._meta.model_name}_id": rows[entry["code"]].pk, "competency_id": competencies[code].pk}
        )
        for entry in entries
        for code in entry["competencies"]
    )


def _write_feedback(scales, document):
    parts = [
        (scales[entry["code"]], band, part)
        for entry in document["scales"]
        for band, part in (entry["feedback"] or {}).items()
    ]
    rows = FeedbackText.objects.bulk_create(
        FeedbackText(scale=scale, band=band, **_both("meaning", part["meaning"]))
        for scale, band, part in parts
    )
    FeedbackTip.objects.bulk_create(
        FeedbackTip(
            feedback_text=row,
            position=position,
            method=tip["method"],
            jp=tip["jp"],
            **_both("text", tip["text"]),
        )
        for row, (_scale, _band, part) in zip(rows, parts, strict=True)
        for position, tip in enumerate(part["tips"], start=1)
    )


def _write_items(version, document, response_sets, scales, competencies):
    sections = Section.objects.bulk_create(
        Section(
            version=version,
            code=entry["code"],
            position=position,
            **_both("title", entry["title"]),
            **_both("instruction", entry["instruction"]),
        )
        for position, entry in enumerate(document["sections"], start=1)
    )
    rows = Item.objects.bulk_create(
        _item(version, section, position, item, response_sets, scales)
        for section, entry in zip(sections, document["sections"], strict=True)
        for position, item in enumerate(entry["items"], start=1)
    )
    items = {row.code: row for row in rows}
    entries = [item for section in document["sections"] for item in section["items"]]
    _link(Item, items, entries, competencies)
    ItemOption.objects.bulk_create(
        _item_option(items[entry["code"]], option, entry, scales)
        for entry in entries
        for option in entry.get("options", ())
    )
    return items


def _item(version, section, position, entry, response_sets, scales):
    return Item(
        version=version,
        section=section,
        position=position,
        scale=scales[entry["scale"]] if entry["scale"] else None,
        response_set=response_sets[entry["response_set"]] if entry["response_set"] else None,
        code=entry["code"],
        type=entry["type"],
        role=entry["role"],
        key=entry["key"],
        weight=Decimal(str(entry["weight"])),
        na_allowed=entry["na_allowed"],
        accept=entry["accept"] or [],
        traits=entry["traits"],
        **_both("stem", entry["stem"]),
        **_both("left", entry["left"]),
        **_both("right", entry["right"]),
        **_both("reflection", entry["reflection"]),
        **_of_type(entry),
    )


def _of_type(entry):
    """The fields that only some types of items use."""
    panel, desirability = entry.get("panel"), entry.get("desirability")
    fields = {
        **_both("vignette", entry.get("vignette")),
        "key_basis": entry.get("key_basis", Item.KeyBasis.AUTHOR),
        "sjt_scoring": entry.get("sjt_scoring", Item.SjtScoring.GRADED),
        "longest": entry.get("longest"),
        "level_target": entry.get("level_target"),
    }
    if panel:
        fields |= {"panel_experts": panel["experts"], "panel_icc": _decimal(panel["icc"])}
    if desirability:
        fields |= {f"desirability_{side}": _decimal(desirability[side]) for side in ("left", "right")}
        fields["desirability_experts"] = desirability["experts"]
    return fields


def _item_option(item, option, entry, scales):
    panel = entry.get("panel") or {"sd": {}}
    return ItemOption(
        item=item,
        code=option["code"],
        effectiveness=_decimal(option.get("effectiveness")),
        sd=_decimal(panel["sd"].get(option["code"])),
        scale=scales[option["scale"]] if option.get("scale") else None,
        **_both("text", option["text"]),
        **_both("reason", option.get("reason")),
    )


def _decimal(value):
    return None if value is None else Decimal(str(value))
