// Choosing one person of many: typing narrows the choice, and once somebody is chosen the others step back.
// Without this script everybody is shown, and the button Find asks the server.

const PARTS = "[data-group], [data-others], [data-search]";

function show(who, wanted) {
  for (const part of who.querySelectorAll(PARTS)) part.hidden = !wanted(part);
  for (const chip of who.querySelectorAll(".chip")) chip.hidden = !wanted(chip);
}

/** `again`: bring the others forth. */
function stepBack(who, again) {
  const person = who.querySelector("input:checked");
  if (!person) return;
  show(who, (part) => again || part.contains(person));
  who.querySelector("[data-again]").hidden = Boolean(again);
}

function narrow(field) {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const group of field.closest("[data-who]").querySelectorAll("[data-group]")) {
    for (const chip of group.querySelectorAll(".chip")) chip.hidden = !words.every((word) => chip.textContent.toLowerCase().includes(word));
    group.hidden = !group.querySelector(".chip:not([hidden])");
    if (words.length && group.tagName === "DETAILS") group.open = true;
  }
}

// The keys choose one after the other: only a click (detail counts it) makes the others step back.
document.addEventListener("click", (event) => {
  const who = event.target.closest?.("[data-who]");
  if (who && event.target.name === "who" && event.detail) stepBack(who);
  if (who && event.target.closest("[data-again]")) stepBack(who, true);
});
/** What a draft had chosen may be a choice no more: then the person whom the page proposes stays. */
function propose(form) {
  const who = form.querySelector("[data-who]");
  if (!who) return;
  const person = who.querySelector("input:checked") ?? who.querySelector("input[checked]");
  if (person) person.checked = true;
  if (!who.querySelector("[data-others]")) stepBack(who);
}
// In the capturing phase, so that contact.js, which listens on the form, finds the person; and at once, because the
// draft may have been quicker than this script.
document.addEventListener("draft:filled", (event) => propose(event.target), true);
if (document.querySelector("[data-who] input[checked]")) propose(document);
document.addEventListener("input", (event) => event.target.matches("[data-find]") && narrow(event.target));
// Enter in a one-line field must not press the first button of the form.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT" || !event.target.form?.querySelector("[data-who]")) return;
  event.preventDefault();
  if (event.target.matches("[data-find]")) event.target.form.querySelector("[name=find]").click();
});
