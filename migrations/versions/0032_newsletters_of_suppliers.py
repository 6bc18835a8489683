"""Readers of a newsletter belong to the supplier who sends it"""

import sqlalchemy as sa
from alembic import op

revision = "0032_newsletters_of_suppliers"
down_revision = "0031_contract_cycle"
branch_labels = None
depends_on = None

TABLE, NAME = "newsletter_subscriptions", "fk_newsletter_subscriptions_supplier_id"
# Who is on the one list until now stays with the supplier who wrote to them last; who has had no mail yet
# with the one who sent the last newsletter; and where none was sent with the first of the suppliers. To
# hear of another they ask it themselves.
ASSIGN = """
UPDATE newsletter_subscriptions SET supplier_id = COALESCE(
    (SELECT newsletters.supplier_id FROM newsletter_deliveries
     JOIN newsletters ON newsletters.id = newsletter_deliveries.newsletter_id
     WHERE newsletter_deliveries.subscription_id = newsletter_subscriptions.id
     ORDER BY newsletters.created_at DESC LIMIT 1),
    (SELECT newsletters.supplier_id FROM sent_newsletters
     JOIN newsletters ON newsletters.id = sent_newsletters.newsletter_id
     ORDER BY sent_newsletters.sent_at DESC LIMIT 1),
    (SELECT id FROM organisations WHERE kind = 'supplier' ORDER BY name LIMIT 1)
)
"""


def upgrade() -> None:
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        batch_op.add_column(sa.Column("supplier_id", sa.Uuid(), nullable=True))
    op.execute(ASSIGN)
    op.execute("DELETE FROM newsletter_subscriptions WHERE supplier_id IS NULL")  # there is no supplier
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        batch_op.alter_column("supplier_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.create_foreign_key(op.f(NAME), "organisations", ["supplier_id"], ["id"])
        batch_op.create_index("ix_newsletter_subscriptions_supplier", ["supplier_id", "ended_at"])


def downgrade() -> None:
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        batch_op.drop_index("ix_newsletter_subscriptions_supplier")
        batch_op.drop_constraint(op.f(NAME), type_="foreignkey")
        batch_op.drop_column("supplier_id")
