"""Which bands the report speaks of, by kind of scale, and how many tips each needs. Pure."""

BANDS = ("prioritas", "berkembang", "kuat", "sangat_konsisten")
SITUATIONAL_BANDS = ("perlu_diperdalam", "cukup", "baik")
ALL_BANDS = (*BANDS, *SITUATIONAL_BANDS)

# Facets and response styles are shown without feedback.
BANDS_OF_KIND = {"dimension": BANDS, "climate": BANDS, "situational": SITUATIONAL_BANDS}

# A person in a lower band needs more to choose from.
FEWEST_TIPS = {
    "prioritas": 3,
    "berkembang": 3,
    "kuat": 2,
    "sangat_konsisten": 2,
    "perlu_diperdalam": 3,
    "cukup": 3,
    "baik": 2,
}
