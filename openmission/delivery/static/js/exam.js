// A session alone: what was used is asked when use was told of.

const form = document.querySelector("form[data-alone]");
if (form) {
  const refresh = () => {
    const used = form.querySelector("[data-when-used]");
    if (used) used.hidden = form.querySelector('[name="use"]:checked')?.value !== "used";
  };
  form.addEventListener("change", refresh);
  form.addEventListener("draft:filled", refresh);
  refresh();
}
