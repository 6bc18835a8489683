// Saving a form as one goes, with honest status words. One saver for each form of a page.
export const QUIET = 900; // milliseconds without typing before a save
const AGAIN = 15000; // milliseconds before a failed save is tried again
const OFFLINE = "Not saved: no connection. What you typed stays on this page.";
const SIGNED_OUT = "Not saved: you have been signed out. What you typed stays here.";

// The form posts to its action and gets JSON: `version` and what `words.saved(body)` turns into the status;
// 409 with error "stale": `words.stale(body)` gives the status and its link; 400 with `problems`:
// `words.refused(problems)`, if it is there, shows them. data-sign-in and data-token are addresses.
export function saving(form, status, words) {
  let timer = null;
  let sending = null; // the save under way
  let typed = false; // something was typed since the last send
  let unsaved = false; // something typed is not on the server
  let stuck = false; // somebody else saved first: a person must look

  function say(text, link) {
    status.textContent = text;
    status.dataset.state = text.split(" ")[0].toLowerCase();
    if (!link) return;
    status.append(" ");
    const anchor = Object.assign(document.createElement("a"), { className: "govuk-link", href: link.href, textContent: link.text });
    if (link.target) anchor.target = link.target;
    if (link.click) anchor.addEventListener("click", link.click);
    status.append(anchor);
  }

  function edited(wait) {
    typed = unsaved = true;
    if (stuck) return;
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  async function save() {
    clearTimeout(timer);
    if (sending || !unsaved || stuck) return;
    sending = send();
    await sending;
  }

  async function send() {
    typed = false;
    say("Saving");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        keepalive: true,
      });
      await understand(answer);
    } catch {
      failed(OFFLINE);
    } finally {
      sending = null;
      if (typed && !stuck) edited(QUIET);
    }
  }

  async function understand(answer) {
    const body = await answer.json().catch(() => ({}));
    if (answer.ok) {
      form.elements.version.value = body.version;
      unsaved = typed;
      const text = words.saved(body);
      if (!unsaved) say(text);
      return;
    }
    if (answer.status === 409 && body.error === "stale") {
      stuck = true;
      say(...words.stale(body));
    } else if (answer.status === 401) {
      signedOut();
    } else if (answer.status === 400 && body.error === "token") {
      await freshToken();
    } else if (answer.status === 400 && body.problems) {
      words.refused?.(body.problems);
      say(`Not saved: ${Object.values(body.problems).join(" ")}`);
    } else if ([403, 404, 409].includes(answer.status) && body.error) {
      say(`Not saved: ${body.error}`); // a rule forbids it now: trying again by itself would not help
    } else {
      failed("Not saved: the portal did not take it.", { href: "#", text: "Try again", click: (event) => { event.preventDefault(); edited(0); } });
    }
  }

  function failed(text, link) {
    say(text, link);
    timer = setTimeout(save, AGAIN);
  }

  function signedOut() {
    failed(SIGNED_OUT, { href: form.dataset.signIn, text: "Sign in in a new tab", target: "_blank" });
  }

  async function freshToken() {
    const answer = await fetch(form.dataset.token, { headers: { Accept: "application/json" } });
    if (!answer.ok) return signedOut();
    form.elements.csrf_token.value = (await answer.json()).token;
    edited(0);
  }

  function warn(event) {
    if (unsaved || sending) event.preventDefault();
  }

  // Nothing more is saved from here: the form itself is being sent.
  function rest() {
    typed = unsaved = false;
    clearTimeout(timer);
    window.removeEventListener("beforeunload", warn);
  }

  function wake() {
    window.addEventListener("beforeunload", warn);
  }

  document.addEventListener("visibilitychange", save);
  window.addEventListener("online", save);
  wake();
  return {
    edited,
    say,
    rest,
    wake,
    offline: () => failed(OFFLINE),
    // A person has looked at both versions: save what is in the form, or it is what stands already.
    resolved(keep) {
      stuck = false;
      if (keep) edited(0);
      else {
        typed = unsaved = false;
        say("Saved");
      }
    },
    // It cannot be saved yet as it is: say why, and warn before it is left behind.
    waits(text) {
      clearTimeout(timer);
      unsaved = true;
      say(text);
    },
    get sending() { return sending; },
  };
}

// Sending the form itself: once, never while a save is under way or the network is off. Returns what sends it.
export function sentOnce(form, saver, atTrouble = () => {}) {
  let left = false; // a second click must not send it again
  form.addEventListener("submit", async (event) => {
    const { submitter } = event;
    if (left) event.preventDefault();
    else if (!navigator.onLine) {
      event.preventDefault(); // the browser's own error page would take the place of what was typed
      atTrouble();
      saver.offline();
    } else if (saver.sending) {
      event.preventDefault(); // the save under way raises the version that this form has to name
      await saver.sending;
      form.requestSubmit(submitter);
    } else {
      left = true;
      saver.rest();
    }
  });
  window.addEventListener("pageshow", () => { left = false; saver.wake(); }); // back from where the form led
  return () => {
    saver.rest();
    form.requestSubmit(form.querySelector('button[value="save"]'));
  };
}
