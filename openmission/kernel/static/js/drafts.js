// What is typed into <form data-draft="key"> is kept on the device, encrypted, until the server says it is saved.
//
// The AES key comes with the page of a signed-in person and is never stored, so the device alone shows nothing.
// data-bound on the form: the server sent back what was typed (with errors), so nothing is restored over it.
// data-draft-at: when the server's own values were saved; an older draft is dropped.
// data-undrafted on a field: it answers what this page asks, so it is not kept for a later one.
// A form hears draft:filling before a draft's values are put in. resend.js tells by draft:state what became of sending.

const KEEP_DAYS = 7;
const SKIP = "[name=csrfmiddlewaretoken], [data-undrafted]";
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const bytesOf = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const given = document.querySelector('meta[name="draft-key"]');
forgetOld();
const parsed = new Promise((go) => document.addEventListener("DOMContentLoaded", go, { once: true }));
const seal = given && crypto.subtle ? await openSeal(given) : null;
const forms = new WeakMap();

async function openSeal({ content, dataset }) {
  return { key: await crypto.subtle.importKey("raw", bytesOf(content), "AES-GCM", false, ["encrypt", "decrypt"]), owner: dataset.owner };
}

const place = (form) => `draft:${seal.owner}:${form.dataset.draft}`;
const algorithm = (form, iv) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(place(form)) });

function entries(form) {
  const skipped = new Set([...form.elements].filter((field) => field.matches(SKIP)).map((field) => field.name));
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !skipped.has(name));
}

async function keep(form) {
  const state = forms.get(form);
  const turn = ++state.turn;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(entries(form)));
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm(form, iv), seal.key, plain));
  if (turn !== state.turn) return;
  try {
    localStorage.setItem(place(form), JSON.stringify({ at: Date.now(), iv: base64(iv), sealed: base64(sealed) }));
    tell(form, "kept");
  } catch {
    tell(form, "unavailable"); // the device is full or refuses to store
  }
}

async function read(form) {
  try {
    const draft = JSON.parse(localStorage.getItem(place(form)));
    if (!draft) return null;
    if (form.dataset.draftAt && draft.at < Date.parse(form.dataset.draftAt)) throw new Error("older than the server's");
    const plain = await crypto.subtle.decrypt(algorithm(form, bytesOf(draft.iv)), seal.key, bytesOf(draft.sealed));
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    localStorage.removeItem(place(form));
    return null;
  }
}

function fill(form, values) {
  form.dispatchEvent(new CustomEvent("draft:filling", { bubbles: true, detail: { values } }));
  const typed = new Map();
  for (const [name, value] of values) typed.set(name, [...(typed.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || field.matches(SKIP) || ["submit", "button", "file", "password"].includes(field.type)) continue;
    const given = typed.get(field.name) ?? [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = given.includes(field.value);
    else if (field.type === "select-multiple") for (const option of field.options) option.selected = given.includes(option.value);
    else if (typed.has(field.name)) field.value = given.shift() ?? "";
  }
  form.dispatchEvent(new CustomEvent("draft:filled", { bubbles: true }));
}

/** `words`: what the server says, where the line has no words of its own. */
function tell(form, kind, words) {
  const line = form.querySelector("[data-draft-state]");
  if (!line) return;
  const text = words ?? line.dataset[kind] ?? "";
  if (line.textContent !== text) line.textContent = text;
  show(form, "retry", ["offline", "failed"].includes(kind));
  show(form, "discard", !["none", "saved", "unavailable"].includes(kind));
  const link = show(form, "sign-in", kind === "signedOut");
  if (link) link.search = new URLSearchParams({ next: location.pathname + location.search });
}

function show(form, name, wanted) {
  const part = form.querySelector(`[data-draft-${name}]`);
  if (part) part.hidden = !wanted;
  return part;
}

function discard(form) {
  const state = forms.get(form);
  state.turn++;
  localStorage.removeItem(place(form));
  form.dispatchEvent(new CustomEvent("draft:discarded", { bubbles: true }));
  if (form.hasAttribute("data-bound")) return location.assign(location.href);
  fill(form, state.initial);
  tell(form, "none");
}

async function begin(form) {
  if (forms.has(form)) return;
  const state = { turn: 0, initial: entries(form) };
  forms.set(form, state);
  if (!seal) return tell(form, "unavailable");
  if (form.hasAttribute("data-bound")) return keep(form);
  const draft = await read(form);
  if (!draft || state.turn) return;
  fill(form, draft);
  tell(form, "restored");
}

function confirm(root) {
  for (const mark of root.querySelectorAll('meta[name="draft-saved"], [data-draft-saved]')) {
    const name = mark.content ?? mark.dataset.draftSaved;
    if (seal) localStorage.removeItem(`draft:${seal.owner}:${name}`);
    for (const form of document.querySelectorAll("form[data-draft]")) if (form.dataset.draft === name) tell(form, "saved");
  }
}

function look(root) {
  confirm(root);
  if (root.matches?.("form[data-draft]")) begin(root);
  root.querySelectorAll("form[data-draft]").forEach(begin);
}

function forgetOld() {
  const oldest = Date.now() - KEEP_DAYS * 86400000;
  for (const name of Object.keys(localStorage).filter((key) => key.startsWith("draft:"))) {
    let at = 0;
    try { at = JSON.parse(localStorage.getItem(name)).at; } catch { /* damaged: it opens for nobody */ }
    if (!(at >= oldest)) localStorage.removeItem(name);
  }
}

function typed(event) {
  const form = event.target.form ?? event.target.closest?.("form");
  if (seal && form && forms.has(form)) keep(form);
}

parsed.then(() => look(document)); // every module of the page has run, so that it hears of draft:filling
document.addEventListener("input", typed);
document.addEventListener("change", typed);
document.addEventListener("htmx:load", (event) => look(event.detail.elt));
document.addEventListener("draft:look", (event) => look(event.target));
document.addEventListener("draft:state", (event) => forms.has(event.target) && tell(event.target, event.detail.kind, event.detail.words));
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-draft-discard]");
  if (button && seal && window.confirm(button.dataset.sure)) discard(button.form);
});
