"""Words of the directory that rules and forms share."""

from __future__ import annotations

from enum import StrEnum


class Setting(StrEnum):
    """Where a service works."""

    DRUG_AND_ALCOHOL = "drug-and-alcohol"
    SECONDARY_MENTAL_HEALTH = "secondary-mental-health"
    PRIMARY_CARE = "primary-care"
    OTHER = "other"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return SETTING_TITLES[self]


SETTING_TITLES = {
    Setting.DRUG_AND_ALCOHOL: "Drug and alcohol treatment",
    Setting.SECONDARY_MENTAL_HEALTH: "Secondary mental health",
    Setting.PRIMARY_CARE: "Primary and community care",
    Setting.OTHER: "Other",
}


class LinkKind(StrEnum):
    """What a dated link says of a service."""

    PROVIDER = "provider"
    SUPPLIER = "supplier"
    COMMISSIONER = "commissioner"
    EISM = "eism"
    PROGRAMME = "programme"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return LINK_TITLES[self]


LINK_TITLES = {
    LinkKind.PROVIDER: "Provider",
    LinkKind.SUPPLIER: "Supplier",
    LinkKind.COMMISSIONER: "Commissioner",
    LinkKind.EISM: "Supporting EISM",
    LinkKind.PROGRAMME: "Programme",
}
CHOOSE = {
    LinkKind.PROVIDER: "Choose the provider",
    LinkKind.SUPPLIER: "Choose the supplier",
    LinkKind.COMMISSIONER: "Choose the commissioner",
    LinkKind.EISM: "Choose the supporting EISM",
    LinkKind.PROGRAMME: "Choose the programme",
}
