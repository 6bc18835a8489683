"""Anonymous answers of a survey by key, so that some can be drawn by chance at no cost that grows"""

from alembic import op

revision = "0027_survey_mixing"
down_revision = "0026_first_clients"
branch_labels = None
depends_on = None

SHEETS, TEXTS = "survey_anonymous_sheets", "survey_texts"


def upgrade() -> None:
    op.drop_index("ix_survey_anonymous_sheets_survey_id", SHEETS)
    op.create_index("ix_survey_anonymous_sheets_survey", SHEETS, ["survey_id", "id"])
    op.drop_index("ix_survey_texts_survey", TEXTS)
    op.create_index("ix_survey_texts_survey", TEXTS, ["survey_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_survey_texts_survey", TEXTS)
    op.create_index("ix_survey_texts_survey", TEXTS, ["survey_id", "question"])
    op.drop_index("ix_survey_anonymous_sheets_survey", SHEETS)
    op.create_index("ix_survey_anonymous_sheets_survey_id", SHEETS, ["survey_id"])
