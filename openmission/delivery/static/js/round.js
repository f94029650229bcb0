// The round robin: one member at a time. Without this script all members stand one below the other and are saved alike.
//
// [data-round] the form; [data-member] a part of it, with its name; [data-exam] what is asked of who is here.

import { askAboutNames } from "./names.js";
import { quietEnter, takeBack, watch } from "./worry.js";

const HERE = ["present", "late"];
document.querySelectorAll("form[data-round]").forEach(begin);
document.addEventListener("draft:look", ({ target }) => target.querySelectorAll("form[data-round]").forEach(begin));

function begin(form) {
  const parts = [...form.querySelectorAll("[data-member]")];
  const nav = form.querySelector("[data-round-nav]");
  const [back, next, save] = ["back", "next", "save"].map((name) => form.querySelector(`[data-round-${name}]`));
  if (parts.length < 2 || !nav) return;
  const buttons = parts.map((part, number) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = part.dataset.member;
    button.addEventListener("click", () => show(number, true));
    nav.append(button);
    return button;
  });
  nav.hidden = false;
  let current = 0;

  function show(number, focus) {
    current = Math.max(0, Math.min(number, parts.length - 1));
    parts.forEach((part, place) => { part.hidden = place !== current; });
    buttons.forEach((button, place) => place === current ? button.setAttribute("aria-current", "step") : button.removeAttribute("aria-current"));
    back.hidden = current === 0;
    next.hidden = current === parts.length - 1;
    save.hidden = current !== parts.length - 1;
    next.querySelector("span").textContent = parts[current + 1]?.dataset.member ?? "";
    buttons[current].scrollIntoView({ block: "nearest", inline: "center" });
    if (!focus) return;
    parts[current].querySelector("h2").focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }

  function refresh() {
    parts.forEach((part, place) => {
      const attendance = part.querySelector('[name$="-attendance"]:checked')?.value;
      const exam = part.querySelector("[data-exam]");
      if (exam) exam.hidden = attendance ? !HERE.includes(attendance) : false;
      const used = part.querySelector("[data-when-used]");
      if (used) used.hidden = part.querySelector('[name$="-use"]:checked')?.value !== "used";
      buttons[place].dataset.state = state(part, attendance);
      watch(part, form);
    });
  }

  function here(answer) {  // whoever answers is here: what will be saved is seen
    const part = answer.closest?.("[data-exam]")?.closest("[data-member]");
    if (!part || !answer.checked || part.querySelector('[name$="-attendance"]:checked')) return;
    const present = part.querySelector('[name$="-attendance"][value="present"]');
    if (present) present.checked = true;
  }

  function state(part, attendance) {
    if (part.hasAttribute("data-fault")) return "fault";
    if (attendance && !HERE.includes(attendance)) return "away";
    const asked = [...part.querySelectorAll("[data-exam] > [data-item]")];
    if (!asked.length) return attendance ? "done" : "open";
    const passes = part.querySelector('[name$="-passes"]')?.checked;
    return passes || asked.every((item) => item.querySelector("input:checked")) ? "done" : "open";
  }

  const unanswered = askAboutNames(form);
  save.addEventListener("click", (event) => {
    const part = unanswered();
    if (!part) return;
    event.preventDefault();
    show(parts.indexOf(part), false);
    const details = part.querySelector("[data-asks]").closest("details");
    if (details) details.open = true;
    part.querySelector("[data-asks] input").focus();
  });
  quietEnter(form);
  takeBack(form);
  back.addEventListener("click", () => show(current - 1, true));
  next.addEventListener("click", () => show(current + 1, true));
  form.addEventListener("change", ({ target }) => { here(target); refresh(); });
  form.addEventListener("draft:filled", refresh);
  document.querySelectorAll('.error-summary a[href^="#"]').forEach((link) => link.addEventListener("click", () => {
    const part = document.getElementById(link.hash.slice(1))?.closest("[data-member]");
    if (part) show(parts.indexOf(part), false);
  }));
  refresh();
  const named = location.hash && document.getElementById(location.hash.slice(1))?.closest("[data-member]");
  show(Math.max(parts.findIndex((part) => part.hasAttribute("data-fault")), parts.indexOf(named), 0), false);
}
