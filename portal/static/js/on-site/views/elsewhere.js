// An address that leads nowhere on this device.
import { body, heading, link } from "../form_parts.js";

export function title() {
  return "Not on this device";
}

export async function render(main, context) {
  const review = context.params.id;
  main.append(heading("Not on this device"));
  if (review) main.append(body("This review is not checked out to this device. If it was, this browser has removed what was stored, or it was returned. ", link(`#/check-out/${review}`, "Check it out")));
  else main.append(body("There is no such page. ", link("#/", "All reviews on this device")));
}
