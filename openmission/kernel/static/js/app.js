// What every page needs: htmx carries the CSRF token, a form is sent once, focus follows what was swapped in.
// htmx itself is configured by the meta element htmx-config.

const RELEASE_AFTER = 8000;

function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

/** Let a form be sent again: after an answer, a failure or a return to the page. */
function release(form) {
  form.removeAttribute("data-busy");
  for (const button of form.querySelectorAll('[aria-busy="true"]')) button.removeAttribute("aria-busy");
}

function holdBack(event) {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.hasAttribute("data-busy")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.setAttribute("data-busy", "");
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), RELEASE_AFTER);
}

function focusWithin(root) {
  root.querySelector?.("[data-focus]")?.focus();
}

function say(kind) {
  const place = document.getElementById("messages");
  const text = place?.dataset[kind];
  if (!text) return;
  const list = document.createElement("ul");
  list.className = "messages";
  const item = document.createElement("li");
  item.className = "tone-now";
  item.textContent = text;
  list.append(item);
  place.replaceChildren(list);
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (event.type === "keydown" && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    if (event.type === "keydown" || !menu.contains(event.target)) menu.open = false;
  }
}

document.addEventListener("submit", holdBack, true);
document.addEventListener("click", closeMenus);
document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenus(event));
window.addEventListener("pageshow", (event) => event.persisted && document.querySelectorAll("form[data-busy]").forEach(release));

document.addEventListener("form:release", (event) => release(event.target));

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrfToken();
});
document.addEventListener("htmx:afterRequest", (event) => event.target.matches?.("form") && release(event.target));
document.addEventListener("htmx:afterSettle", (event) => focusWithin(event.detail.elt));
document.addEventListener("htmx:sendError", () => say("offline"));
document.addEventListener("htmx:responseError", () => say("failed"));

document.querySelector(".nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
focusWithin(document);

// On a phone, what can wait is folded: today is seen whole.
if (matchMedia("(max-width: 47.99rem)").matches) {
  for (const part of document.querySelectorAll("details[data-fold-narrow]")) part.open = false;
}
