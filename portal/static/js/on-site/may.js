// What this reviewer may do in the review as it was checked out, and in words why not.

const BEFORE = new Set(["planned", "preparing"]);

// Null where it is allowed, else a sentence. `what`: rate, note or tally.
export function whyNot(pack, what) {
  const { review } = pack;
  if (review.may[what]) return null;
  return what === "rate" ? whyNotRate(review) : whyNotNote(review);
}

function whyNotRate(review) {
  if (review.standing) return review.standing;
  if (review.own_locked) return "Your ratings are locked and stay as they are.";
  if (review.capacity === "observer") return "You observe this review, so you do not rate it.";
  if (BEFORE.has(review.stage)) return "You can rate from the day the lead reviewer begins fieldwork.";
  return "Rating is closed in this review.";
}

function whyNotNote(review) {
  if (BEFORE.has(review.stage)) return "Notes and worksheets open when the lead reviewer begins fieldwork.";
  if (["fieldwork", "scoring"].includes(review.stage)) return "The review’s team writes these.";
  return "Notes and worksheets are closed since both reviewers locked their ratings.";
}
