// A device with nothing on it: said out loud, since a browser may have removed what was there.
import { body, heading, link, subheading } from "../form_parts.js";

export async function nothing() {
  return [
    heading("Nothing is checked out to this device"),
    body("Open your review in the portal while you are connected, choose “On site”, then “Work on this device without a network”. ", link("/reviews", "Go to your reviews")),
    subheading("If you have worked on this device before"),
    body("Then this browser has removed what was stored, or you are using another browser or a private window. Check the review out again: the portal knows what arrived from this device, tells you what did not, and tells your lead reviewer."),
  ];
}
