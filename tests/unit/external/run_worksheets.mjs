// Reads {module, cases: [{sheet, rows}]} from standard input and writes what worksheet_sums.js makes of each.
import { pathToFileURL } from "node:url";

let text = "";
for await (const chunk of process.stdin) text += chunk;
const { module, cases } = JSON.parse(text);
const { results } = await import(pathToFileURL(module));

process.stdout.write(JSON.stringify(cases.map(({ sheet, rows }) => Object.fromEntries(results(sheet, rows)))));
