// A form with data-resend is sent by fetch: without a signal it waits, and is sent again when the signal is back.
//
// The server answers as to any form: a redirect after saving, the page with errors, or the sign-in page. What it does
// not open or no longer finds (403, 404) stays so: the reason on its page is told, and nothing is sent again.
// The header X-Resend tells it that the answer is read here, so that its messages wait for the page that follows.
// Sending twice is harmless: the form carries the record's own id.

const waiting = new Map();
const mainOf = (html) => new DOMParser().parseFromString(html, "text/html").querySelector("main");

function state(form, kind, words) {
  form.dispatchEvent(new CustomEvent("draft:state", { bubbles: true, detail: { kind, words } }));
}

async function send(form, submitter) {
  waiting.delete(form);
  state(form, "sending");
  let answer, html;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form, submitter),
      headers: { Accept: "text/html", "X-Resend": "1" },
    });
    html = answer.redirected ? "" : await answer.text();
  } catch {
    waiting.set(form, submitter);
    state(form, "offline");
    return release(form);
  }
  release(form);
  if (answer.redirected) {
    if (new URL(answer.url).pathname.startsWith("/sign-in/")) return state(form, "signedOut");
    return location.assign(answer.url);
  }
  if (answer.ok || answer.status === 422) return showErrors(form, html);
  const reason = [403, 404].includes(answer.status) && mainOf(html)?.querySelector("h1 + p")?.textContent;
  if (reason) return state(form, "refused", reason);
  waiting.set(form, submitter);
  state(form, "failed");
}

function showErrors(form, html) {
  const main = mainOf(html);
  const old = document.querySelector("main");
  if (!main || !old) return state(form, "failed");
  old.replaceWith(document.adoptNode(main));
  window.htmx?.process(main);
  main.dispatchEvent(new CustomEvent("draft:look", { bubbles: true }));
  (main.querySelector("[data-focus]") ?? main).focus();
}

function release(form) {
  form.dispatchEvent(new CustomEvent("form:release", { bubbles: true }));
}

function resend() {
  for (const [form, submitter] of waiting) if (form.isConnected) send(form, submitter);
}

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.matches("form[data-resend]")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});
document.addEventListener("click", (event) => {
  const form = event.target.closest?.("[data-draft-retry]")?.form;
  if (form) send(form, waiting.get(form));
});
document.addEventListener("draft:discarded", (event) => waiting.delete(event.target));
window.addEventListener("online", resend);
