"""The routes whose pages browsers and proxies may keep for anybody: those of `publicly_cached`, no other."""

from __future__ import annotations

KEPT_FOR_ANYBODY: frozenset[str] = frozenset()
