"""A questionnaire of a campaign as pages and exports of its results name it."""

from dataclasses import dataclass

from assessments.models import CampaignInstrument
from questionnaires.document import load_document
from questionnaires.version_document import Scale, Text, VersionDocument
from scoring.bands import Band
from scoring.selectors import plan_of


@dataclass(frozen=True, eq=False)
class Asked:
    """One questionnaire of the campaign as a page names it."""

    version_id: int
    version_number: int
    document: VersionDocument
    bands: tuple[Band, ...]
    situational_bands: tuple[Band, ...]

    @property
    def code(self) -> str:
        return self.document.questionnaire

    @property
    def title(self) -> Text:
        return self.document.title

    @property
    def scales(self) -> tuple[Scale, ...]:
        """What people say of themselves and of their unit: dimensions first, then climate themes."""
        return (*self.document.dimensions, *self.document.climates)

    @classmethod
    def of(cls, instrument: CampaignInstrument) -> "Asked":
        rule = plan_of(instrument.rule_id).rule
        return cls(
            version_id=instrument.version_id,
            version_number=instrument.version.number,
            document=load_document(instrument.version_id),
            bands=rule.bands,
            situational_bands=rule.situational_bands,
        )

    def bands_of(self, scale: Scale) -> tuple[Band, ...]:
        """Those by which people are counted at a scale; none for judgement under a rule from before vignettes."""
        return self.situational_bands if scale in self.document.judgements else self.bands
