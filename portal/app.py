"""The application factory: config, database, sign-in, features, pages, errors, commands."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import features
from portal.accounts import sign_in
from portal.core import access, assets, compression, error_pages, filters, requests
from portal.core.config import Settings
from portal.core.db import db, set_up_engine

csrf = CSRFProtect()


def create_app(settings: Settings | None = None) -> Flask:
    """Build the portal. Settings come from the environment unless given."""
    settings = settings or Settings.from_env(os.environ)
    app = Flask("portal", instance_path=str(Path(settings.data_dir).resolve()))
    _configure(app, settings)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]  # as Flask says
    _set_up_templates(app)
    _set_up_database(app)
    compression.init_app(app)  # first here means last after a request
    requests.init_app(app)  # before the rest, so that the page of a lapsed token has its nonce too
    csrf.init_app(app)
    sign_in.init_app(app)
    access.init_app(app)
    assets.init_app(app)
    filters.init_app(app)
    for blueprint in features.blueprints():
        app.register_blueprint(blueprint)
    for view in features.without_form_token():
        csrf.exempt(view)
    error_pages.init_app(app)
    features.init_app(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    Path(settings.data_dir).mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds personal data
    secure = settings.secure_cookies
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.kept_secret_key(),
        SQLALCHEMY_DATABASE_URI=settings.sqlalchemy_url,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},  # errors are logged; what people wrote is not
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=(settings.attachment_max_mib + 1) * 1024 * 1024,
        SESSION_COOKIE_NAME="__Host-portal" if secure else "portal",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # the token lives as long as the sign-in: no work is lost to a clock
        WTF_CSRF_SSL_STRICT=False,
    )


def _set_up_templates(app: Flask) -> None:
    app.jinja_options = {
        "undefined": ChainableUndefined,  # the GOV.UK macros look into what may not be given
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("portal"),
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )


def _set_up_database(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        set_up_engine(db.engine)
