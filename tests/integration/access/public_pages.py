"""The routes whose pages browsers and proxies may keep for anybody: those of `publicly_cached`, no other."""

from __future__ import annotations

KEPT_FOR_ANYBODY = frozenset(
    {
        "/events",
        "/events/<uuid:event_id>",
        "/events/<uuid:event_id>/event.ics",
        "/events/calendar.ics",
        "/events/month/<string:month>",
        "/find-a-service",
        "/find-a-service/<string:key>",
        "/jobs",
        "/jobs/<string:key>",
        "/jobs/feed.atom",
        "/jobs/materials",
        "/jobs/materials/<string:key>",
        "/jobs/materials/<string:key>.rtf",
        "/jobs/materials/<string:key>.txt",
        "/jobs/roles",
        "/jobs/roles/<string:key>",
        "/newsletter",
        "/newsletter/<uuid:newsletter_id>",
    }
)
