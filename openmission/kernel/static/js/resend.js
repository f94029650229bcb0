// A form with data-resend is sent by fetch: without a signal it waits, and is sent again when the signal is back.
//
// The server answers as to any form: a redirect after saving, the page with errors, or the sign-in page. What it does
// not open or no longer finds (403, 404) stays so: the reason on its page is told, and nothing is sent again.
// The header X-Resend tells it that the answer is read here, so that its messages wait for the page that follows.
// What somebody typed while it was on its way is laid over the page that follows, where that has the same form.
// Sending twice is harmless: the form carries the record's own id.

const waiting = new Map();
const said = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");
const mainOf = (html) => new DOMParser().parseFromString(html, "text/html").querySelector("main");

function state(form, kind, words) {
  form.dispatchEvent(new CustomEvent("draft:state", { bubbles: true, detail: { kind, words } }));
}

async function send(form, submitter) {
  waiting.delete(form);
  state(form, "sending");
  const sent = said(form);
  let answer, html;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form, submitter),
      headers: { Accept: "text/html", "X-Resend": "1" },
    });
    html = await answer.text();
  } catch {
    waiting.set(form, submitter);
    state(form, "offline");
    return release(form);
  }
  release(form);
  if (answer.redirected) {
    if (new URL(answer.url).pathname.startsWith("/sign-in/")) return state(form, "signedOut");
    const typedOn = JSON.stringify(said(form)) !== JSON.stringify(sent);
    return typedOn && sameForm(mainOf(html), form) ? goOn(form, submitter, answer.url, sent) : location.assign(answer.url);
  }
  if (answer.ok || answer.status === 422) return showErrors(form, html);
  const reason = [403, 404].includes(answer.status) && mainOf(html)?.querySelector("h1 + p")?.textContent;
  if (reason) return state(form, "refused", reason);
  waiting.set(form, submitter);
  state(form, "failed");
}

function showErrors(form, html) {
  const main = mainOf(html);
  if (!main || !document.querySelector("main")) return state(form, "failed");
  show(main);
  (main.querySelector("[data-focus]") ?? main).focus();
}

function show(main) {
  document.querySelector("main").replaceWith(document.adoptNode(main));
  window.htmx?.process(main);
  main.dispatchEvent(new CustomEvent("draft:look", { bubbles: true }));
}

function sameForm(main, form) {
  return [...(main?.querySelectorAll("form[data-draft]") ?? [])].find((each) => each.dataset.draft === form.dataset.draft);
}

/** The saved form with what was typed since it was `sent`. Asked for once more: this time its messages are told. */
async function goOn(form, submitter, url, sent) {
  let main;
  try {
    main = mainOf(await (await fetch(url)).text());
  } catch {
    waiting.set(form, submitter);
    return state(form, "offline");
  }
  const next = sameForm(main, form);
  if (!next) return location.assign(url);
  const now = said(form);
  const at = form.contains(document.activeElement) && document.activeElement.name;
  show(main);
  history.replaceState(null, "", url);
  layOver(next, sent, now);
  if (at) next.elements.namedItem(at)?.focus?.();
}

/** Only what changed between `sent` and `now` goes before what the form has; then it is typed, and its draft kept. */
function layOver(form, sent, now) {
  const of = (all, name) => JSON.stringify(all.filter(([each]) => each === name));
  const changed = new Set([...sent, ...now].map(([name]) => name).filter((name) => of(sent, name) !== of(now, name)));
  const typed = now.filter(([name]) => changed.has(name));
  const values = [...said(form).filter(([name]) => !changed.has(name)), ...typed];
  form.dispatchEvent(new CustomEvent("draft:filling", { bubbles: true, detail: { values } }));
  for (const field of form.elements) {
    const given = changed.has(field.name) ? typed.filter(([name]) => name === field.name).map(([, value]) => value) : null;
    if (!given) continue;
    if (["checkbox", "radio"].includes(field.type)) field.checked = given.includes(field.value);
    else if (given.length) field.value = given[0];
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
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
