"""What saving costs at the least: a bare Flask route with one ORM update and one audit row in one commit.

The same library, engine settings and server as the portal's, and nothing else: no sign-in, no rights, no
form token, no versions, no hash chain. The portal's save is measured against it.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Base of both tables."""


db = SQLAlchemy(model_class=Base)


class Rating(Base):
    """What is updated."""

    __tablename__ = "ratings"
    id: Mapped[int] = mapped_column(primary_key=True)
    rating: Mapped[int]
    evidence: Mapped[str]


class Audit(Base):
    """What is written beside it."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    what: Mapped[str]


def make() -> Flask:
    """The application, on the SQLite file that BARE_DATABASE names."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{os.environ['BARE_DATABASE']}"
    db.init_app(app)
    with app.app_context():
        event.listen(db.engine, "connect", _durable)
        Base.metadata.create_all(db.engine)
        if db.session.get(Rating, 1) is None:
            db.session.add(Rating(id=1, rating=3, evidence=""))
            db.session.commit()
    app.add_url_rule("/", view_func=_save, methods=["GET", "POST"])
    return app


def _durable(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _save() -> ResponseReturnValue:
    row = db.session.get_one(Rating, 1)
    row.rating = int(request.form.get("rating", 3))
    row.evidence = request.form.get("evidence", "")
    db.session.add(Audit(at=datetime.now(UTC), what=f"rating {row.rating}"))
    db.session.commit()
    return jsonify(rating=row.rating)
