"""Contracts in the world of attacks: North's with OHID, and Alder's own with its commissioner."""

from __future__ import annotations

from flask import Flask

from portal.core.config import Settings
from tests.support.contract_files import LOCAL, lay

CONTRACT, LOCAL_CONTRACT = "contract", "local-contract"  # the matrix puts “alder-” before each


def fill(app: Flask) -> None:
    """Lay their files into the data folder."""
    settings: Settings = app.config["SETTINGS"]
    lay(settings.data_dir, f"alder-{CONTRACT}", buyer="ohid", supplier="north")
    lay(settings.data_dir, f"alder-{LOCAL_CONTRACT}", LOCAL, buyer="ash", supplier="alder")
