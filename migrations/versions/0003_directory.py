"""Services, authorities, areas, host teams and dated links"""

import sqlalchemy as sa
from alembic import op

revision = "0003_directory"
down_revision = "0002_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "areas",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("programme_key", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_areas")),
        sa.UniqueConstraint("key", name=op.f("uq_areas_key")),
    )
    op.create_table(
        "authorities",
        sa.Column("gss_code", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("easting", sa.Integer(), nullable=False),
        sa.Column("northing", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("gss_code", name=op.f("pk_authorities")),
    )
    with op.batch_alter_table("authorities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authorities_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_authorities_region"), ["region"], unique=False)

    op.create_table(
        "services",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("setting", sa.String(length=30), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("specialists_fte", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("specialists_fte >= 0", name=op.f("ck_services_fte_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
        sa.UniqueConstraint("key", name=op.f("uq_services_key")),
    )
    with op.batch_alter_table("services", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_services_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_services_region"), ["region"], unique=False)

    op.create_table(
        "host_teams",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("clients", sa.Integer(), nullable=False),
        sa.Column("specialists", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("colocation_days", sa.Numeric(precision=3, scale=1), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("clients >= 0", name=op.f("ck_host_teams_clients_not_negative")),
        sa.CheckConstraint(
            "colocation_days >= 0 AND colocation_days <= 7", name=op.f("ck_host_teams_days_of_a_week")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_host_teams_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_teams")),
    )
    with op.batch_alter_table("host_teams", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_host_teams_service_id"), ["service_id"], unique=False)

    op.create_table(
        "service_areas",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_service_areas_area_id")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_service_areas_service_id")),
        sa.PrimaryKeyConstraint("service_id", "area_id", name=op.f("pk_service_areas")),
    )
    with op.batch_alter_table("service_areas", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_areas_area_id"), ["area_id"], unique=False)

    op.create_table(
        "service_authorities",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("gss_code", sa.String(length=9), nullable=False),
        sa.ForeignKeyConstraint(
            ["gss_code"], ["authorities.gss_code"], name=op.f("fk_service_authorities_gss_code")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_service_authorities_service_id")
        ),
        sa.PrimaryKeyConstraint("service_id", "gss_code", name=op.f("pk_service_authorities")),
    )
    with op.batch_alter_table("service_authorities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_authorities_gss_code"), ["gss_code"], unique=False)

    op.create_table(
        "service_links",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("programme_key", sa.String(length=40), nullable=True),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('provider', 'supplier', 'commissioner') AND organisation_id IS NOT NULL"
            " AND person_id IS NULL AND programme_key IS NULL)"
            " OR (kind = 'eism' AND person_id IS NOT NULL AND organisation_id IS NULL"
            " AND programme_key IS NULL)"
            " OR (kind = 'programme' AND programme_key IS NOT NULL AND organisation_id IS NULL"
            " AND person_id IS NULL)",
            name=op.f("ck_service_links_one_target"),
        ),
        sa.CheckConstraint("ends IS NULL OR ends >= starts", name=op.f("ck_service_links_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_service_links_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_service_links_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_service_links_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_links")),
    )
    with op.batch_alter_table("service_links", schema=None) as batch_op:
        batch_op.create_index("ix_service_links_organisation", ["organisation_id", "kind"], unique=False)
        batch_op.create_index("ix_service_links_person", ["person_id", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_links_service_id"), ["service_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("service_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_links_service_id"))
        batch_op.drop_index("ix_service_links_person")
        batch_op.drop_index("ix_service_links_organisation")

    op.drop_table("service_links")
    with op.batch_alter_table("service_authorities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_authorities_gss_code"))

    op.drop_table("service_authorities")
    with op.batch_alter_table("service_areas", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_areas_area_id"))

    op.drop_table("service_areas")
    with op.batch_alter_table("host_teams", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_host_teams_service_id"))

    op.drop_table("host_teams")
    with op.batch_alter_table("services", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_services_region"))
        batch_op.drop_index(batch_op.f("ix_services_name"))

    op.drop_table("services")
    with op.batch_alter_table("authorities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_authorities_region"))
        batch_op.drop_index(batch_op.f("ix_authorities_name"))

    op.drop_table("authorities")
    op.drop_table("areas")
