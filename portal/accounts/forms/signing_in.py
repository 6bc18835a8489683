"""The forms of signing in and of one's own account."""

from __future__ import annotations

from typing import Any

from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import ValidationError

from portal.accounts.rules import emails
from portal.core.forms import Missing, PortalForm
from portal.core.widgets import GovPasswordInput, GovTextInput

CURRENT = {"autocomplete": "current-password"}
NEW = {"autocomplete": "new-password"}
NEW_HINT = "At least 12 characters. Four words that do not belong together are easy to remember."


class EmailInput(GovTextInput):
    """A text input whose keyboard has the @ sign."""

    input_type = "email"


class Address:
    """Refuses what cannot be an e-mail address, and puts the rest into its normal form."""

    def __call__(self, form: Any, field: Any) -> None:
        found = emails.normal(field.data)
        if found is None:
            raise ValidationError(emails.PROBLEM)
        field.data = found


def email_field(label: str = "Email address", **extra: Any) -> EmailField:
    """An e-mail address field that browsers can fill in."""
    return EmailField(
        label,
        [Missing(emails.PROBLEM), Address()],
        widget=EmailInput(),
        render_kw={"autocomplete": "email", "spellcheck": "false", **extra},
    )


class SignInForm(PortalForm):
    """E-mail address and password; `kept` carries what was typed elsewhere when a sign-in lapsed."""

    email = email_field(autocomplete="username")
    password = PasswordField(
        "Password", [Missing("Enter your password")], widget=GovPasswordInput(), render_kw=CURRENT
    )
    next = HiddenField()
    kept = HiddenField()


class ForgottenForm(PortalForm):
    """Asks for a link to set a new password."""

    email = email_field()


class NewPasswordForm(PortalForm):
    """A first or new password, after a link by e-mail."""

    password = PasswordField(
        "Password",
        [Missing("Enter a password")],
        description=NEW_HINT,
        widget=GovPasswordInput(),
        render_kw=NEW,
    )


class ChangePasswordForm(PortalForm):
    """The old password and the new one."""

    current = PasswordField(
        "Current password",
        [Missing("Enter your current password")],
        widget=GovPasswordInput(),
        render_kw=CURRENT,
    )
    password = PasswordField(
        "New password",
        [Missing("Enter a new password")],
        description=NEW_HINT,
        widget=GovPasswordInput(),
        render_kw=NEW,
    )
