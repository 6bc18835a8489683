// Reads {module, cases: [{items, notes, sheets, supplied}]} and writes of each what was seen and what is missing.
import { pathToFileURL } from "node:url";

let text = "";
for await (const chunk of process.stdin) text += chunk;
const { module, cases } = JSON.parse(text);
const { coverage, missingBySource, seenBy } = await import(pathToFileURL(module));

const found = cases.map(({ items, notes, sheets, supplied }) => {
  const seen = seenBy(notes, sheets, supplied);
  const rows = coverage(items, seen);
  return {
    seen: Object.fromEntries([...seen].map(([key, codes]) => [key, [...codes].sort()])),
    items: rows.map((row) => [row.item.number, row.missing]),
    sources: missingBySource(rows).map(([code, lacking]) => [code, lacking.map((item) => item.number)]),
  };
});
process.stdout.write(JSON.stringify(found));
