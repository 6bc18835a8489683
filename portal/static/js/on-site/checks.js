// What the server would refuse, said while the person is still on site. Nothing is held back for it: what was
// typed is kept as typed. The same rules as rules/plain_sight.py, rules/notes.py and rules/worksheet_answers.py.
import { isBlank, parseNumber, side } from "../exact.js";
import { dateIn } from "../worksheet_sums.js";
import { today } from "./words.js";

const LINK = /https?:\/\/\S+/gi;
const TEN_DIGITS = /\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/g;
const LONGEST_HEADING = 200;
const LONGEST_NOTE = 50000;
const LONGEST_ANSWER = 120;
const [FIRST_YEAR, LAST_YEAR] = [1990, 2100];

// Why a text cannot be taken, or "": it holds an e-mail address or what looks like an NHS number.
export function identifying(text) {
  const words = text.replace(LINK, " ");
  if (words.split(/[\s<>]+/).some(isAddress)) return "Leave out e-mail addresses";
  return holdsNhsNumber(words) ? "Leave out the number that looks like an NHS number" : "";
}

function isAddress(word) {
  const parts = word.split("@");
  return parts.some((domain, at) => at > 0 && parts[at - 1] && /.\.[a-z]{2,}/i.test(domain));
}

// Not within a longer number, nor behind the code of the country.
function holdsNhsNumber(words) {
  TEN_DIGITS.lastIndex = 0;
  for (let found = TEN_DIGITS.exec(words); found; found = TEN_DIGITS.exec(words)) {
    const before = words.slice(Math.max(0, found.index - 4), found.index);
    if (!/[\d+]$/.test(before) && before !== "+44 " && isNhsNumber(found[0])) return true;
    TEN_DIGITS.lastIndex = found.index + 1;
  }
  return false;
}

function isNhsNumber(text) {
  const digits = [...text].filter((sign) => /\d/.test(sign)).map(Number);
  const weighed = digits.slice(0, 9).reduce((all, digit, at) => all + digit * (10 - at), 0);
  const rest = 11 - (weighed % 11);
  return rest !== 10 && digits[9] === rest % 11;
}

// What is wrong with a note, by field.
export function noteProblems(fields, roles) {
  const found = {};
  if (fields.kind === "interview" && !(fields.role in roles)) found.role = "Choose whom you spoke to";
  if (!fields.taken_on) found.taken_on = "Enter the date of the note";
  else if (fields.taken_on > today()) found.taken_on = "The date of a note cannot be later than today";
  const texts = [["heading", LONGEST_HEADING, "The heading"], ["text", LONGEST_NOTE, "The note"]];
  for (const [name, longest, label] of texts) {
    const text = fields[name] ?? "";
    const length = [...text].length;
    if (length > longest) found[name] = `${label} must be ${longest.toLocaleString("en-GB")} characters or fewer; this has ${length.toLocaleString("en-GB")}`;
    else if (identifying(text.replaceAll("@", " "))) found[name] = identifying(text.replaceAll("@", " "));
  }
  return found;
}

// What is wrong with the answers of a worksheet's row, by question.
export function rowProblems(sheet, answers) {
  const found = {};
  for (const question of sheet.questions) {
    const words = READERS[question.kind]?.(question, (answers[question.key] ?? "").trim()) ?? "";
    if (words) found[question.key] = `${question.label}${words}`;
  }
  for (const question of sheet.questions.filter((one) => one.at_most)) {
    const [part, whole] = [question.key, question.at_most].map((key) => (key in found ? null : numberOf(answers[key])));
    if (part && whole && side(part, whole) > 0) {
      const other = sheet.questions.find((one) => one.key === question.at_most);
      found[question.key] = `${question.label} cannot be more than: ${other.label}`;
    }
  }
  return found;
}

function number(question, text) {
  if (isBlank(text)) return "";
  const value = parseNumber(text, false);
  const example = question.kind === "whole" ? "a whole number, like 12" : "a number, like 12 or 12.5";
  if (value === "negative") return ": enter 0 or more";
  if (value === "number" || (question.kind === "whole" && value.d !== 1n)) return `: enter ${example}`;
  return "";
}

const READERS = {
  number,
  whole: number,
  date(question, text) {
    if (!text) return "";
    if (dateIn({ [question.key]: text }, question.key) === null) return ": enter a real date, like 27/3/2026";
    const year = Number(text.slice(0, 4));
    return year < FIRST_YEAR || year > LAST_YEAR ? `: check the year ${year}` : "";
  },
  text: (question, text) => ([...text].length > LONGEST_ANSWER ? `: use ${LONGEST_ANSWER} characters or fewer` : ""),
};

function numberOf(text = "") {
  if (isBlank(text)) return null;
  const value = parseNumber(text, false);
  return typeof value === "string" ? null : value;
}
