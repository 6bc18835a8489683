// Reads {module, calls: [[function, ...arguments]]} from standard input and writes what each call gives.
import { pathToFileURL } from "node:url";

let text = "";
for await (const chunk of process.stdin) text += chunk;
const { module, calls } = JSON.parse(text);
const found = await import(pathToFileURL(module));

const plain = (_, value) => {
  if (value instanceof Map) return Object.fromEntries(value);
  return value instanceof Set ? [...value].sort() : value;
};
process.stdout.write(JSON.stringify(calls.map(([name, ...given]) => found[name](...given)), plain));
