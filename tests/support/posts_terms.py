"""The terms that tests of EISM posts count by: the bands of indicator 1, written out once more by hand."""

from __future__ import annotations

from decimal import Decimal

from portal.workforce.posts.rules.terms import Band, ContractTerms

BANDS = (
    Band("Good", Decimal(95), exactly=False),
    Band("Approaching target", Decimal(90), exactly=True),
    Band("Requires improvement", Decimal(80), exactly=True),
    Band("Inadequate", Decimal(0), exactly=True),
)
TERMS = ContractTerms("Contract", None, None, Decimal("4.5"), BANDS)
