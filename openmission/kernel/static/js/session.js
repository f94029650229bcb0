// The session ends after a time without work, and at its longest life whatever is done: two minutes before, a dialog
// asks; at the end the page is covered.
// Other tabs count as work, and when somebody signs out in one tab, the others are covered too.

const WARN_SECONDS = 120;
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;
const length = Number(meta("session-seconds"));
const latest = Date.now() + Number(meta("session-longest")) * 1000;
const tabs = new BroadcastChannel("session");
const dialog = document.getElementById("session-dialog");
let timers = [];

function show(part) {
  for (const section of dialog.querySelectorAll("[data-session]")) section.hidden = section.dataset.session !== part;
  const section = dialog.querySelector(`[data-session="${part}"]`);
  dialog.setAttribute("aria-labelledby", section.querySelector("h2").id);
  dialog.setAttribute("aria-describedby", section.querySelector("p").id);
  if (!dialog.open) dialog.showModal();
  section.querySelector("a, button").focus();
}

function end() {
  timers.forEach(clearTimeout);
  dialog.classList.add("cover");
  const here = location.pathname + location.search;
  dialog.querySelector("[data-session-sign-in]").search = new URLSearchParams({ next: here });
  show("ended");
}

function begin() {
  if (dialog.classList.contains("cover")) return;
  timers.forEach(clearTimeout);
  const left = Math.max(Math.min(length, (latest - Date.now()) / 1000), 0);
  const ends = Date.now() + left * 1000;
  timers = [
    setTimeout(() => show("warning"), Math.max(left - WARN_SECONDS, left / 2) * 1000),
    setTimeout(end, left * 1000),
  ];
  // A sleeping laptop stops timers: look at the clock when it wakes.
  document.onvisibilitychange = () => Date.now() > ends && end();
  if (dialog.open) dialog.close();
}

async function stay() {
  try {
    const answer = await fetch(meta("session-ping-url"), {
      method: "POST",
      headers: { "X-CSRFToken": meta("csrf-token") ?? "" },
    });
    if (answer.redirected || answer.status === 403) return end();
    if (!answer.ok) return;
    begin();
    tabs.postMessage("working");
  } catch {
    // No signal: the warning stays, and the button can be pressed again.
  }
}

if (length && dialog) {
  dialog.addEventListener("cancel", () => dialog.classList.contains("cover") || stay());
  dialog.addEventListener("close", () => dialog.classList.contains("cover") && show("ended"));
  dialog.querySelector("[data-session-stay]").addEventListener("click", stay);
  document.addEventListener("htmx:afterOnLoad", () => {
    begin();
    tabs.postMessage("working");
  });
  tabs.addEventListener("message", (event) => (event.data === "ended" ? end() : begin()));
  begin();
  tabs.postMessage("working");
} else if (meta("signed-out")) {
  tabs.postMessage("ended");
}
