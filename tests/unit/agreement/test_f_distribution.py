"""Quantiles of F against published tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reviews.agreement.rules.f_distribution import f_distribution, f_quantile


@pytest.mark.parametrize(
    "probability, above, below, printed",
    [  # NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.3: upper critical values of F
        (0.95, 1, 1, 161.448),
        (0.95, 1, 10, 4.965),
        (0.95, 2, 10, 4.103),
        (0.95, 5, 10, 3.326),
        (0.95, 10, 5, 4.735),
        (0.95, 10, 100, 1.927),
        (0.95, 20, 20, 2.124),
        (0.90, 5, 10, 2.522),
        (0.90, 3, 3, 5.391),
        (0.99, 1, 1, 4052.19),
        (0.99, 5, 10, 5.636),
        (0.99, 10, 20, 3.368),
        # Pearson and Hartley, Biometrika Tables for Statisticians, table 18: upper 2.5 per cent
        (0.975, 1, 1, 647.789),
        (0.975, 5, 10, 4.236),
        (0.975, 10, 10, 3.717),
        (0.975, 30, 120, 1.690),
        (0.975, 24, 24, 2.269),
    ],
)
def test_the_tables_are_met(probability: float, above: float, below: float, printed: float) -> None:
    assert f_quantile(probability, above, below) == pytest.approx(printed, rel=2e-4)


@given(st.floats(0.001, 0.999), st.floats(0.5, 30_000), st.floats(0.5, 30_000))
def test_the_quantile_undoes_the_distribution(probability: float, above: float, below: float) -> None:
    value = f_quantile(probability, above, below)
    assert f_distribution(value, above, below) == pytest.approx(probability, abs=1e-8)


@given(st.floats(0.01, 0.99), st.floats(0.5, 1_000), st.floats(0.5, 1_000))
def test_turning_the_degrees_of_freedom_turns_the_quantile(p: float, above: float, below: float) -> None:
    assert f_quantile(p, above, below) * f_quantile(1 - p, below, above) == pytest.approx(1, rel=1e-6)


@pytest.mark.parametrize(
    "probability, above, below", [(0, 1, 1), (1, 1, 1), (0.5, 0, 1), (0.5, 1, 0), (1.5, 1, 1), (0.5, -1, 1)]
)
def test_what_is_no_probability_or_freedom_is_refused(probability: float, above: float, below: float) -> None:
    with pytest.raises(ValueError, match=r"probability|freedom"):
        f_quantile(probability, above, below)
