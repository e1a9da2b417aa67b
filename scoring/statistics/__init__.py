"""Item and scale statistics: how well the items of a scale hang together, and where answers pile up. Pure numpy.

    items = (ItemKey("A1", key=-1, maximum=6), ItemKey("A2", maximum=6), ItemKey("A3", maximum=6))
    found = scale_statistics(keyed_values(raw, items), items)     # raw: people x items, NaN where missing
    found.alpha, found.reasons.get("alpha")
    shown = gated(found)                                          # what may be shown at this number of people

Formulas know no thresholds of presentation: :mod:`.gates` decides what may be shown, :mod:`.remarks` what deserves
a look. A number that cannot be computed is None and has a reason code; no function returns NaN.
"""

from scoring.statistics.agreement import ClimateAgreement, intraclass_correlation, within_group_agreement
from scoring.statistics.dif import DifResult, differential_functioning
from scoring.statistics.gates import FIRM, HIDDEN, PROVISIONAL, gated, standing
from scoring.statistics.matrix import ItemKey, MatrixError, keyed_values
from scoring.statistics.raters import RaterAgreement, TargetFigures, rater_agreement
from scoring.statistics.reasons import REASONS, Undefined
from scoring.statistics.remarks import Remark, item_remarks, scale_remarks
from scoring.statistics.scale import scale_statistics
from scoring.statistics.screening import (
    OutlierScreening,
    SynonymPair,
    SynonymScreening,
    screen_outliers,
    screen_synonyms,
    synonym_pairs,
)
from scoring.statistics.values import ItemStatistics, ScaleStatistics, ScaleWarning

__all__ = [
    "FIRM",
    "HIDDEN",
    "PROVISIONAL",
    "REASONS",
    "ClimateAgreement",
    "DifResult",
    "ItemKey",
    "ItemStatistics",
    "MatrixError",
    "OutlierScreening",
    "RaterAgreement",
    "Remark",
    "ScaleStatistics",
    "ScaleWarning",
    "SynonymPair",
    "SynonymScreening",
    "TargetFigures",
    "Undefined",
    "differential_functioning",
    "gated",
    "intraclass_correlation",
    "item_remarks",
    "keyed_values",
    "rater_agreement",
    "scale_remarks",
    "scale_statistics",
    "screen_outliers",
    "screen_synonyms",
    "standing",
    "synonym_pairs",
    "within_group_agreement",
]
