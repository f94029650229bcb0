// An answer that worries is told at once, with or without a signal: [data-worrying] beside the questions of one person.
//
// The limits are those of the rules, on the form: data-low-mood, data-high-anxiety.

export function watch(part, form) {
  const box = part.querySelector("[data-worrying]");
  if (!box) return;
  const chosen = (name) => Number(part.querySelector(`[name="${name}"]:checked, [name$="-${name}"]:checked`)?.value);
  const worried = part.querySelector('[name="worried"], [name$="-worried"]')?.checked;
  const [mood, anxiety] = [chosen("mood"), chosen("anxiety")];
  box.hidden = !(worried || mood <= Number(form.dataset.lowMood) || anxiety >= Number(form.dataset.highAnxiety));
}

/** Enter in a field chooses nothing and sends nothing: only a button does. */
export function quietEnter(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  });
}
