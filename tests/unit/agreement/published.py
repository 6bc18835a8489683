"""Ratings from published worked examples."""

from __future__ import annotations

# Shrout and Fleiss (1979), Intraclass correlations, Psychological Bulletin 86, table 2: 6 subjects, 4 judges.
SHROUT_AND_FLEISS = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]

# Krippendorff (2011), Computing Krippendorff's alpha-reliability, section E: 12 units, 4 observers.
_ = None
KRIPPENDORFF = [
    [1, 1, _, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [_, 5, 5, 5],
    [_, _, 1, 1],
    [_, 3, _, _],
]

# Agresti (1990), Categorical Data Analysis: husbands' and wives' answers of 91 couples (from Hout,
# Duncan and Sobel 1987); quadratic kappa as R's vcd package prints it for weights of Fleiss and Cohen.
COUPLES = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]
