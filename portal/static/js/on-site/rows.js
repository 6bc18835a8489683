// The rows of worksheets as they stand on this device.

export const rowKey = (sheet, position) => `${sheet.key}:${position}`;

// Every row of a worksheet in order, removed ones among them: those of the pack and those begun here.
// {position, name, answers, removed, record}; `record` is null while nothing of it is stored.
export function rowsOf(review, sheet) {
  const packed = new Map(sheet.rows.map((row) => [row.position, row]));
  const begun = review.records("row").filter((record) => record.key.startsWith(`${sheet.key}:`)).map((record) => Number(record.key.split(":")[1]));
  const positions = [...new Set([...packed.keys(), ...begun])].sort((a, b) => a - b);
  return positions.map((position) => {
    const record = review.record("row", rowKey(sheet, position));
    const { removed = packed.get(position)?.removed ?? false, ...answers } = record?.fields ?? packed.get(position)?.fields ?? {};
    return { position, name: rowName(sheet, position), answers, removed, record };
  });
}

export function rowName(sheet, position) {
  return `${sheet.noun[0].toUpperCase()}${sheet.noun.slice(1)} ${position}`;
}

export const answered = (answers) => Object.values(answers).filter((answer) => String(answer).trim()).length;

// Each worksheet with the answers of its rows that count, as sums, offers and sources read them.
export function filledSheets(review) {
  return review.pack.worksheets.map((sheet) => ({ sheet, rows: counted(rowsOf(review, sheet)) }));
}

export function counted(rows) {
  return rows.filter((row) => !row.removed).map((row) => row.answers);
}
