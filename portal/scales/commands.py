"""The commands `portal scales …` and `portal score`. No Flask, no database: they answer at once.

Exit codes: 0 done, 1 refused by a rule, 2 bad input. Errors go to standard error.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NoReturn

import click

from portal.scales.registry import (
    PUBLISHED,
    Registry,
    broken_pins,
    check_crosswalk,
    pin_new,
    pins,
    read_definition,
    registry,
)
from portal.scales.rules.definition import Scale
from portal.scales.rules.errors import DefinitionError
from portal.scales.rules.ratings_file import MOST_BYTES, RatingsFile, read_csv
from portal.scales.rules.scoring import NotScoredError, Score, require_scored, score

REFUSED, BAD_INPUT = 1, 2


@click.group()
def scales() -> None:
    """The fidelity scales: check a definition, list all, pin new versions."""


@scales.command("check")
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Say whether FILE holds as a scale definition, or what is wrong: file, item, reason."""
    try:
        scale = read_definition(file, registry())
        check_crosswalk(scale, file.name, registry())
    except OSError as error:
        _stop(BAD_INPUT, f"{file}: {_why(error)}")
    except DefinitionError as error:
        _stop(BAD_INPUT, str(error))
    pinned = pins(registry().folder).get((scale.key, scale.version), scale.digest)
    if pinned != scale.digest:
        _stop(REFUSED, f"{file.name}: {_changed(scale)}")
    click.echo(f"{scale.key} {scale.version} holds: {len(scale.items)} items, {scale.digest}")


@scales.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_scales(as_json: bool) -> None:
    """All scales with version, use and content hash."""
    found = _all()
    if as_json:
        click.echo(json.dumps([_listed(scale) for scale in found], ensure_ascii=False, indent=1))
        return
    for scale in found:
        line = f"{scale.key:<12} {scale.version:<8} {scale.use:<11} {len(scale.items):>3} items"
        click.echo(f"{line}  {scale.digest[:16]}  {scale.title}")


@scales.command("pin")
def pin() -> None:
    """Publish versions that are not published yet: write their content hash to published.toml."""
    known = registry()
    _all()
    if broken := broken_pins(known):
        _stop(REFUSED, "\n".join(f"{scale.key}.toml: {_changed(scale)}" for scale in broken))
    for scale in pin_new(known):
        click.echo(f"{PUBLISHED}: {scale.key} {scale.version} {scale.digest}")


@click.command("score")
@click.argument("scale_key", metavar="SCALE")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def score_file(scale_key: str, file: Path, as_json: bool) -> None:
    """Score the ratings in FILE (CSV with the columns item and rating) on SCALE."""
    scale = _scale(registry(), scale_key)
    try:
        require_scored(scale)  # before the file: its rows cannot be judged on such a scale
    except NotScoredError as error:
        _stop(REFUSED, str(error))
    found = _ratings(file, scale)
    if found.problems:
        _stop(BAD_INPUT, "\n".join(f"{file}, {problem}" for problem in found.problems))
    result = score(scale, found.ratings)
    if as_json:
        click.echo(json.dumps(score_json(scale, result), ensure_ascii=False))
    else:
        click.echo(_score_text(scale, result))


def score_json(scale: Scale, result: Score) -> dict[str, object]:
    """A score as JSON data; its shape is a promise to other programs."""
    return {
        "scale": scale.key,
        "version": scale.version,
        "total": result.total,
        "maximum": result.maximum,
        "band": result.band.key if result.band else None,
        "sections": {s.key: {"total": s.total, "maximum": s.maximum} for s in result.sections},
        "missing": list(result.missing),
        "lowest_possible": result.lowest_possible,
        "highest_possible": result.highest_possible,
    } | ({} if result.band else {"reason": {"band": _no_band(scale)}})


def _no_band(scale: Scale) -> str:
    return "items are not rated yet" if scale.bands else "no bands are published for this scale"


def _score_text(scale: Scale, result: Score) -> str:
    band = result.band.title if result.band else f"none: {_no_band(scale)}"
    lines = [f"{scale.title}, version {scale.version}"]
    lines += [f"Total {result.total} of {result.maximum}", f"Band {band}"]
    lines += [f"{s.title}: {s.total} of {s.maximum}, {s.rated} of {s.count} rated" for s in result.sections]
    if result.missing:
        lines.append("Not rated: " + ", ".join(map(str, result.missing)))
        lines.append(f"Still possible: {result.lowest_possible} to {result.highest_possible}")
    return "\n".join(lines)


def _ratings(file: Path, scale: Scale) -> RatingsFile:
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        _stop(BAD_INPUT, f"{file}: {_why(error)}")
    return read_csv(data, scale)


def _scale(known: Registry, key: str) -> Scale:
    try:
        return known.get(key)
    except KeyError:
        _stop(BAD_INPUT, f"there is no scale “{key}”; there are {', '.join(known.keys())}")
    except DefinitionError as error:
        _stop(BAD_INPUT, str(error))


def _all() -> tuple[Scale, ...]:
    try:
        return registry().all()
    except DefinitionError as error:
        _stop(BAD_INPUT, str(error))


def _listed(scale: Scale) -> dict[str, object]:
    pinned = (scale.key, scale.version) in pins(registry().folder)
    return {
        "key": scale.key,
        "version": scale.version,
        "title": scale.title,
        "use": str(scale.use),
        "items": len(scale.items),
        "sha256": scale.digest,
        "published": pinned,
    }


def _changed(scale: Scale) -> str:
    return f"version {scale.version} is published with other content: raise the version"


def _why(error: OSError) -> str:
    return (error.strerror or "cannot be read").lower()


def _stop(code: int, message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(code)


commands: list[click.Command] = [scales, score_file]
