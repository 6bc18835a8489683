// Reads {module, cases: [{rule, entries}]} from standard input and writes what rules.js makes of each.
import { pathToFileURL } from "node:url";

let text = "";
for await (const chunk of process.stdin) text += chunk;
const { module, cases } = JSON.parse(text);
const { suggest, stillNeeded, EntryError } = await import(pathToFileURL(module));

function outcome({ rule, entries }) {
  try {
    const suggestion = suggest(rule, entries);
    return suggestion ?? { needed: stillNeeded(rule, entries) };
  } catch (error) {
    if (error instanceof EntryError) return { problems: error.problems };
    return { crash: String(error?.stack ?? error) };
  }
}

process.stdout.write(JSON.stringify(cases.map(outcome)));
