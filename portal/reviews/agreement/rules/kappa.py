"""Cohen's kappa with quadratic weights, exact.

Cohen (1968), Weighted kappa, Psychological Bulletin 70, 213-220: one less the disagreement seen over
that expected by chance from the two raters' own distributions, each disagreement counted by the square
of its distance. Whether a category was used makes no difference: the distance is that of the numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction


def quadratic_kappa(pairs: Mapping[tuple[int, int], int]) -> Fraction | None:
    """Kappa of (one rater's rating, the other's) and how often each occurs.

    None without two units, or where both gave every unit one and the same rating.
    """
    units = sum(pairs.values())
    if units < 2:
        return None
    first: Counter[int] = Counter()
    second: Counter[int] = Counter()
    seen = 0
    for (one, other), times in pairs.items():
        first[one] += times
        second[other] += times
        seen += times * (one - other) ** 2
    expected = sum(
        mine * theirs * (one - other) ** 2 for one, mine in first.items() for other, theirs in second.items()
    )
    return 1 - Fraction(seen * units, expected) if expected else None
