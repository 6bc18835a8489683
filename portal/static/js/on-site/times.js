// Times in words, as the portal writes them.

export function dayAndTime(iso) {
  const at = new Date(iso);
  return `${at.toLocaleDateString("en-GB", { day: "numeric", month: "long" })} at ${at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
}

export function edits(number) {
  return `${number} ${number === 1 ? "edit" : "edits"}`;
}
