// A session alone: what was used is asked when use was told of.

import { quietEnter, takeBack, watch } from "./worry.js";

document.querySelectorAll("form[data-alone]").forEach(begin);
document.addEventListener("draft:look", ({ target }) => target.querySelectorAll("form[data-alone]").forEach(begin));

function begin(form) {
  const refresh = () => {
    const used = form.querySelector("[data-when-used]");
    if (used) used.hidden = form.querySelector('[name="use"]:checked')?.value !== "used";
    watch(form, form);
  };
  form.addEventListener("change", refresh);
  form.addEventListener("draft:filled", refresh);
  quietEnter(form);
  takeBack(form);
  refresh();
}
