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
    def title(self) -> str:
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
