"""The table of permissions: which role holds each, and how far it reaches. The one place to change it.

docs/permissions.md is written from it; `portal.accounts.rules.permissions` says what follows.
"""

from __future__ import annotations

from enum import StrEnum

from portal.accounts.rules.roles import Role


class Permission(StrEnum):
    """scope:resource:action, in alphabetical order of scope."""

    ACCOUNTS_MANAGE = "accounts:people:manage"
    ACCOUNTS_INVITE_STAFF = "accounts:staff:invite"
    ASSESSMENT_AGREE = "assessments:assessment:agree"  # submit, answer: the provider's manager
    ASSESSMENT_EDIT = "assessments:assessment:edit"
    ASSESSMENT_GUIDE = "assessments:assessment:guide"
    ASSESSMENT_IMPORT_PAST = "assessments:past:import"
    ASSESSMENT_READ_DRAFT = "assessments:draft:read"
    ASSESSMENT_READ_FINAL = "assessments:final:read"
    ASSESSMENT_START = "assessments:assessment:start"
    AUDIT_READ = "audit:rows:read"
    CONTRACT_DECIDE = "contracts:contract:decide"  # accept, return, ask for plans, retain, release, pay
    CONTRACT_MEET = "contracts:meetings:edit"  # both sides: meetings, milestones, complaints and queries
    CONTRACT_READ = "contracts:contract:read"
    CONTRACT_REPORT = "contracts:report:edit"  # enter figures, compile and submit the report
    COMMS_MANAGE = "comms:calendar:manage"  # the calendar of communications, the newsletter
    DEFINITIONS_READ = "definitions:scale:read"
    EVENTS_MANAGE = "events:event:manage"
    EVENTS_READ_PLAN = "events:plan:read"  # the plan of a quarter against what was held
    JOBS_READ = "operations:jobs:read"
    JOBS_RETRY = "operations:jobs:retry"
    LIBRARY_EDIT = "library:material:edit"
    LIBRARY_READ = "library:material:read"
    OUTBOX_READ = "operations:outbox:read"
    ACCREDITATION_EDIT = "workforce:accreditation:edit"
    AGREEMENT_READ = "reviews:agreement:read"
    CALIBRATION_MANAGE = "reviews:calibration:manage"
    CLINICAL_EDIT = "workforce:clinical:edit"  # courses for the clinical staff of host teams
    LEARNING_READ = "workforce:learning:read"  # what other people completed
    LEARNING_RECORD = "workforce:learning:record"  # external courses, for people of one's organisation
    MODERATION_NAME = "reviews:moderation:name"  # names who moderates
    MODERATION_TAKE = "reviews:moderation:take"  # the queue; takes a guided self-assessment
    PLAN_AGREE = "plans:plan:agree"  # agree, close, reopen
    PLAN_EDIT = "plans:plan:edit"
    PLAN_READ = "plans:plan:read"
    POSTS_EDIT = "workforce:posts:edit"  # EISMs: posts, who holds them, leave, vetting
    POSTS_READ = "workforce:posts:read"
    REVIEW_INSIDE = "reviews:inside:read"  # notes, tallies, consensus and moderation, never a blind sheet
    REVIEW_MODERATE = "reviews:review:moderate"
    REVIEW_PLAN = "reviews:review:plan"
    REVIEW_READ = "reviews:review:read"  # its plan, timeline and portfolio
    REVIEW_TAKE_PART = "reviews:review:take-part"
    SERVICE_ADMINISTER = "directory:service:administer"  # its links to others, and its closing
    SERVICE_CREATE = "directory:service:create"
    SERVICE_EDIT = "directory:service:edit"
    SERVICE_READ = "directory:service:read"
    STAFF_EDIT = "workforce:staff:edit"  # who works in a service, its funded posts, supervision
    STAFF_FIGURES = "workforce:figures:read"  # the same as figures, without names
    STAFF_NATIONAL = "workforce:national:read"  # demand and supply by region, the workforce strategy
    STAFF_READ = "workforce:staff:read"  # with names
    STRATEGY_EDIT = "workforce:strategy:edit"
    SURVEYS_MANAGE = "surveys:survey:manage"
    SURVEYS_RESULTS = "surveys:results:read"  # counts, with small groups left out
    VACANCY_MANAGE = "workforce:vacancy:manage"


class Reach(StrEnum):
    """Over which things a permission holds."""

    EVERY = "every"  # no link needed
    PROVIDER = "provider"  # services whose provider is the person's organisation
    SUPPORTED = "supported"  # services the person supports as EISM, or in the EISM's region
    SUPPLIER = "supplier"  # services of the supplier's contract
    COMMISSIONER = "commissioner"  # services in the commissioner's areas
    NAMED = "named"  # the one thing the person was named for
    PARTY = "party"  # contracts that the person's organisation buys, delivers or governs
    BUYS = "buys"  # contracts that the person's organisation buys
    DELIVERS = "delivers"  # contracts that the person's organisation delivers


TABLE: dict[Permission, dict[Role, Reach]] = {
    Permission.ACCOUNTS_MANAGE: {Role.ADMINISTRATOR: Reach.EVERY},
    Permission.ACCOUNTS_INVITE_STAFF: {Role.PROVIDER_MANAGER: Reach.PROVIDER},
    Permission.ACCREDITATION_EDIT: {Role.LEAD_MANAGER: Reach.SUPPLIER},
    Permission.AGREEMENT_READ: {Role.LEAD_MANAGER: Reach.SUPPLIER, Role.EISM: Reach.SUPPLIER},
    Permission.ASSESSMENT_AGREE: {Role.PROVIDER_MANAGER: Reach.PROVIDER},
    Permission.ASSESSMENT_EDIT: {Role.PROVIDER_MANAGER: Reach.PROVIDER, Role.PROVIDER_STAFF: Reach.PROVIDER},
    Permission.ASSESSMENT_GUIDE: {Role.EISM: Reach.SUPPORTED, Role.PEER_REVIEWER: Reach.NAMED},
    Permission.ASSESSMENT_IMPORT_PAST: {Role.LEAD_MANAGER: Reach.SUPPLIER, Role.EISM: Reach.SUPPORTED},
    Permission.ASSESSMENT_READ_DRAFT: {
        Role.LEAD_MANAGER: Reach.SUPPLIER,
        Role.EISM: Reach.SUPPORTED,
        Role.PROVIDER_MANAGER: Reach.PROVIDER,
        Role.PROVIDER_STAFF: Reach.PROVIDER,
        Role.PEER_REVIEWER: Reach.NAMED,
    },
    Permission.ASSESSMENT_READ_FINAL: {
        Role.LEAD_MANAGER: Reach.SUPPLIER,
        Role.EISM: Reach.SUPPLIER,
        Role.PROVIDER_MANAGER: Reach.PROVIDER,
        Role.PROVIDER_STAFF: Reach.PROVIDER,
        Role.PEER_REVIEWER: Reach.NAMED,
        Role.COMMISSIONER: Reach.COMMISSIONER,
        Role.PROGRAMME_TEAM: Reach.COMMISSIONER,
        Role.BUYER: Reach.EVERY,
        Role.GOVERNANCE_READER: Reach.EVERY,
    },
    Permission.ASSESSMENT_START: {Role.PROVIDER_MANAGER: Reach.PROVIDER, Role.PROVIDER_STAFF: Reach.PROVIDER},
    Permission.AUDIT_READ: {Role.ADMINISTRATOR: Reach.EVERY},
    Permission.CALIBRATION_MANAGE: {Role.LEAD_MANAGER: Reach.SUPPLIER},
    Permission.COMMS_MANAGE: {Role.LEAD_MANAGER: Reach.SUPPLIER, Role.EISM: Reach.SUPPLIER},
    Permission.CONTRACT_DECIDE: {
        Role.COMMISSIONER: Reach.BUYS,
        Role.PROGRAMME_TEAM: Reach.BUYS,
        Role.BUYER: Reach.BUYS,
    },
    Permission.CONTRACT_MEET: {
        Role.LEAD_MANAGER: Reach.DELIVERS,
        Role.PROVIDER_MANAGER: Reach.DELIVERS,
        Role.COMMISSIONER: Reach.BUYS,
        Role.PROGRAMME_TEAM: Reach.BUYS,
        Role.BUYER: Reach.BUYS,
    },
    Permission.CONTRACT_READ: {
        Role.LEAD_MANAGER: Reach.PARTY,
        Role.PROVIDER_MANAGER: Reach.PARTY,
        Role.COMMISSIONER: Reach.PARTY,
        Role.PROGRAMME_TEAM: Reach.PARTY,
        Role.BUYER: Reach.PARTY,
        Role.GOVERNANCE_READER: Reach.PARTY,
    },
    Permission.CONTRACT_REPORT: {Role.LEAD_MANAGER: Reach.DELIVERS, Role.PROVIDER_MANAGER: Reach.DELIVERS},
    Permission.DEFINITIONS_READ: dict.fromkeys(Role, Reach.EVERY),
    Permission.EVENTS_MANAGE: {Role.LEAD_MANAGER: Reach.SUPPLIER, Role.EISM: Reach.SUPPLIER},
    Permission.EVENTS_READ_PLAN: {
        Role.LEAD_MANAGER: Reach.SUPPLIER,
        Role.EISM: Reach.SUPPLIER,
        Role.BUYER: Reach.EVERY,
        Role.GOVERNANCE_READER: Reach.EVERY,
    },
    Permission.JOBS_READ: {Role.ADMINISTRATOR: Reach.EVERY},
    Permission.JOBS_RETRY: {Role.ADMINISTRATOR: Reach.EVERY},
    Permission.CLINICAL_EDIT: {
        Role.LEAD_MANAGER: Reach.SUPPLIER,
        Role.EISM: Reach.SUPPORTED,
        Role.PROVIDER_MANAGER: Reach.PROVIDER,
    },
    Permission.LEARNING_READ: {
        Role.LEAD_MANAGER: Reach.SUPPLIER,
        Role.EISM: Reach.SUPPORTED,
        Role.PROVIDER_MANAGER: Reach.PROVIDER,
    },
    Permission.LEARNING_RECORD: {
        Role.LEAD_MANAGER: Reach.SUPPLIER,
        Role.PROVIDER_MANAGER: Reach.PROVIDER,
    },
    Permission.LIBRARY_EDIT: {Role.LEAD_MANAGER: Reach.SUPPLIER, Role.EISM: Reach.SUPPLIER},
    Permission.LIBRARY_READ: dict.fromkeys(Role, Reach.EVERY),
    Permission.MODERATION_NAME: {Role.LEAD_MANAGER: Reach.SUPPLIER},
    Permission.MODERATION_TAKE: {Role.LEAD_MANAGER: Reach.SUPPLIER, Role.EISM: Reach.SUPPLIER},
    Permission.OUTBOX_READ: {Role.ADMINISTRATOR: Reach.EVERY},
    Permission.PLAN_AGREE: {Role.EISM: Reach.SUPPORTED, Role.PROVIDER_MANAGER: Reach.PROVIDER},
    Permission.PLAN_EDIT: {
        Role.EISM: Reach.SUPPORTED,
        Role.PROVIDER_MANAGER: Reach.PROVIDER,
        Role.PROVIDER_STAFF: Reach.PROVIDER,
    },
    Permission.PLAN_READ: {
        Role.LEAD_MANAGER: Reach.SUPPLIER,
        Role.EISM: Reach.SUPPORTED,
        Role.PROVIDER_MANAGER: Reach.PROVIDER,
        Role.PROVIDER_STAFF: Reach.PROVIDER,
        Role.COMMISSIONER: Reach.COMMISSIONER,
        Role.PROGRAMME_TEAM: Reach.COMMISSIONER,
    },
    Permission.POSTS_EDIT: {Role.LEAD_MANAGER: Reach.SUPPLIER},
    Permission.POSTS_READ: {
        Role.LEAD_MANAGER: Reach.SUPPLIER,
        Role.BUYER: Reach.EVERY,
        Role.GOVERNANCE_READER: Reach.EVERY,
    },
    Permission.REVIEW_INSIDE: {Role.LEAD_MANAGER: Reach.SUPPLIER},
    Permission.REVIEW_MODERATE: {Role.LEAD_MANAGER: Reach.NAMED, Role.EISM: Reach.NAMED},
    Permission.REVIEW_PLAN: {Role.LEAD_MANAGER: Reach.SUPPLIER, Role.EISM: Reach.SUPPORTED},
    Permission.REVIEW_READ: {
        Role.LEAD_MANAGER: Reach.SUPPLIER,
        Role.EISM: Reach.SUPPORTED,
        Role.PROVIDER_MANAGER: Reach.PROVIDER,
        Role.PROVIDER_STAFF: Reach.PROVIDER,
    },
    Permission.REVIEW_TAKE_PART: {Role.LEAD_MANAGER: Reach.NAMED, Role.EISM: Reach.NAMED},
    Permission.SERVICE_ADMINISTER: {Role.ADMINISTRATOR: Reach.EVERY, Role.LEAD_MANAGER: Reach.SUPPLIER},
    Permission.SERVICE_CREATE: {Role.ADMINISTRATOR: Reach.EVERY, Role.LEAD_MANAGER: Reach.EVERY},
    Permission.SERVICE_EDIT: {
        Role.ADMINISTRATOR: Reach.EVERY,
        Role.LEAD_MANAGER: Reach.SUPPLIER,
        Role.PROVIDER_MANAGER: Reach.PROVIDER,
    },
    Permission.SERVICE_READ: {
        Role.ADMINISTRATOR: Reach.EVERY,
        Role.LEAD_MANAGER: Reach.SUPPLIER,
        Role.EISM: Reach.SUPPLIER,
        Role.PROVIDER_MANAGER: Reach.PROVIDER,
        Role.PROVIDER_STAFF: Reach.PROVIDER,
        Role.COMMISSIONER: Reach.COMMISSIONER,
        Role.PROGRAMME_TEAM: Reach.COMMISSIONER,
        Role.BUYER: Reach.EVERY,
        Role.GOVERNANCE_READER: Reach.EVERY,
    },
    Permission.STAFF_EDIT: {Role.PROVIDER_MANAGER: Reach.PROVIDER},
    Permission.STAFF_FIGURES: {
        Role.LEAD_MANAGER: Reach.SUPPLIER,
        Role.EISM: Reach.SUPPORTED,
        Role.PROVIDER_MANAGER: Reach.PROVIDER,
        Role.PROVIDER_STAFF: Reach.PROVIDER,
        Role.COMMISSIONER: Reach.COMMISSIONER,
        Role.PROGRAMME_TEAM: Reach.COMMISSIONER,
    },
    Permission.STAFF_NATIONAL: {
        Role.LEAD_MANAGER: Reach.SUPPLIER,
        Role.BUYER: Reach.EVERY,
        Role.GOVERNANCE_READER: Reach.EVERY,
    },
    Permission.STAFF_READ: {
        Role.LEAD_MANAGER: Reach.SUPPLIER,
        Role.EISM: Reach.SUPPORTED,
        Role.PROVIDER_MANAGER: Reach.PROVIDER,
        Role.PROVIDER_STAFF: Reach.PROVIDER,
    },
    Permission.STRATEGY_EDIT: {Role.LEAD_MANAGER: Reach.SUPPLIER, Role.BUYER: Reach.EVERY},
    Permission.SURVEYS_MANAGE: {Role.LEAD_MANAGER: Reach.SUPPLIER, Role.EISM: Reach.SUPPLIER},
    Permission.SURVEYS_RESULTS: {
        Role.LEAD_MANAGER: Reach.SUPPLIER,
        Role.EISM: Reach.SUPPLIER,
        Role.BUYER: Reach.EVERY,
        Role.GOVERNANCE_READER: Reach.EVERY,
    },
    Permission.VACANCY_MANAGE: {Role.PROVIDER_MANAGER: Reach.PROVIDER, Role.LEAD_MANAGER: Reach.SUPPLIER},
}
