"""The blueprint of learning."""

from flask import Blueprint

blueprint = Blueprint("learning", __name__)
