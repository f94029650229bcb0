// An answer that worries is told at once, with or without a signal: [data-worrying] beside the questions of one person.
//
// The limits are those of the rules, on the form: data-low-mood, data-high-anxiety.

export function watch(part, form) {
  const box = part.querySelector("[data-worrying]");
  if (!box) return;
  const chosen = (name) => Number(part.querySelector(`[name="${name}"]:checked, [name$="-${name}"]:checked`)?.value);
  const tick = part.querySelector('[name="worried"], [name$="-worried"]');
  const because = [
    tick?.checked && tick.closest(".field"),
    chosen("mood") <= Number(form.dataset.lowMood) && part.querySelector('[data-item="mood"]'),
    chosen("anxiety") >= Number(form.dataset.highAnxiety) && part.querySelector('[data-item="anxiety"]'),
  ].filter(Boolean);
  const appears = because.length > 0 && box.hidden;
  if (appears) because[0].after(box);
  box.hidden = !because.length;
  if (appears && part.contains(document.activeElement)) box.scrollIntoView({ block: "nearest" });  // above the bar
}

/** Enter in a field chooses nothing and sends nothing: only a button does. */
export function quietEnter(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  });
}

/** A chip that is tapped again is taken back: what was tapped for somebody else is then not said. */
export function takeBack(form) {
  const last = new Map();
  const radios = () => form.querySelectorAll("[data-item] input[type=radio]:checked");
  const learn = () => { last.clear(); radios().forEach((input) => last.set(input.name, input)); };
  form.addEventListener("draft:filled", learn);
  form.addEventListener("click", ({ target }) => {
    if (!target.matches?.("[data-item] input[type=radio]")) return;
    if (last.get(target.name) !== target) return last.set(target.name, target);
    target.checked = false;
    last.delete(target.name);
    target.dispatchEvent(new Event("change", { bubbles: true }));
  });
  learn();
}
