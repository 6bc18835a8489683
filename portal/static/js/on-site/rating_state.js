// Where a reviewer's own ratings stand: suggestions, progress, and the item to go on with.
import { EntryError, stillNeeded, suggest } from "../rules.js";

// {suggestion, needed, problems} of an item's calculator with these entries; never throws.
export function worked(item, entries) {
  const nothing = { suggestion: null, needed: [], problems: [] };
  if (!item.calculator) return nothing;
  try {
    const suggestion = suggest(item.rule, entries);
    const needed = !suggestion && Object.keys(entries).length ? stillNeeded(item.rule, entries) : [];
    return { suggestion, needed, problems: [] };
  } catch (error) {
    if (!(error instanceof EntryError)) throw error;
    return { ...nothing, problems: error.problems };
  }
}

// Whether a rating differs from its suggestion and nothing says why.
export function needsReason(item, fields) {
  if (!fields?.rating || (fields.rationale ?? "").trim()) return false;
  const { suggestion } = worked(item, fields.entries ?? {});
  return suggestion !== null && suggestion.rating !== fields.rating;
}

// Every item with its rating, and the totals. `fieldsOf(key)`: the rating's fields or undefined.
export function progress(items, fieldsOf) {
  const tasks = items.map((item) => {
    const fields = fieldsOf(item.key);
    return { item, rating: fields?.rating ?? null, needsReason: needsReason(item, fields) };
  });
  const rated = tasks.filter((task) => task.rating !== null);
  const total = sum(rated.map((task) => task.rating));
  const open = tasks.filter((task) => task.rating === null).map((task) => task.item.anchors.map((anchor) => anchor.rating));
  return {
    tasks,
    rated: rated.length,
    total,
    lowest: total + sum(open.map((ratings) => Math.min(...ratings))),
    highest: total + sum(open.map((ratings) => Math.max(...ratings))),
    maximum: sum(items.map((item) => Math.max(...item.anchors.map((anchor) => anchor.rating)))),
    resume: tasks.find((task) => task.rating === null || task.needsReason)?.item ?? null,
  };
}

// 18 of 25 rated · total so far 71 · can still be 78 to 106
export function progressWords(found) {
  if (found.rated === found.tasks.length) return `total ${found.total} of ${found.maximum}`;
  return `total so far ${found.total} · can still be ${found.lowest} to ${found.highest}`;
}

const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
