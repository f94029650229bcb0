// Makes the forms of contacts and appointments quicker: what does not apply is hidden, choosing a person brings what is
// planned with them. Without this script they work too, as plain forms; nothing here asks the server.

const boxes = (form, name) => [...form.querySelectorAll(`[name="${name}"]`)];
const box = (form, name) => boxes(form, name).find((each) => each.checked);
const value = (form, name) => box(form, name)?.value ?? form.elements[name]?.value ?? "";
const touched = new WeakMap();

function choose(form, name, wanted) {
  for (const each of boxes(form, name)) {
    if (["radio", "checkbox"].includes(each.type)) each.checked = each.value === wanted;
    else each.value = wanted;
  }
}

/** "Mon 23 Nov, 09:30", as the server writes it. */
function words(moment) {
  const part = (options) => moment.toLocaleString(document.documentElement.lang, options);
  const day = `${part({ weekday: "short" })} ${moment.getDate()} ${part({ month: "short" })}`;
  return `${day}, ${part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}`;
}

/** Show only what the answers so far make a question, and say in words what they come to. */
function fit(form) {
  for (const part of form.querySelectorAll("[data-when-outcome]")) part.hidden = Boolean(form.elements.outcome) && part.dataset.whenOutcome !== value(form, "outcome");
  for (const part of form.querySelectorAll("[data-when-mode]")) part.hidden = part.dataset.whenMode !== value(form, "mode");
  const took = new Date(`${value(form, "day")}T${value(form, "time")}`);
  const when = form.querySelector("[data-when-text]");
  if (when && !isNaN(took)) when.textContent = `${words(took)} · ${box(form, "with_whom")?.parentElement.textContent.trim()}`;
  fitNext(form, took);
}

function fitNext(form, took) {
  const pick = value(form, "next");
  const own = form.querySelector("[data-next]");
  const line = form.querySelector("[data-next-text]");
  if (!own) return;
  own.hidden = pick !== "other";
  own.open ||= pick === "other";
  line.hidden = !Number(pick) || isNaN(took);
  if (line.hidden) return;
  const near = Math.round((took.getHours() * 60 + took.getMinutes()) / 15) * 15;
  took.setDate(took.getDate() + Number(pick));
  took.setHours(0, near >= 8 * 60 && near <= 18 * 60 ? near : 10 * 60); // as care/rules/next_time.py
  line.querySelector("output").textContent = words(took);
}

/** The parts of the chosen person's program; another one is no choice. */
function offerComponents(form, person) {
  const offered = (person.dataset.components ?? "").split(" ").filter(Boolean);
  form.querySelector("[data-about]").hidden = offered.length === 0;
  for (const each of boxes(form, "component")) {
    each.closest(".chip").hidden = !offered.includes(each.value);
    if (!offered.includes(each.value)) each.checked = false;
  }
}

/** Who serves the person stands near, everybody else of the team under the fold. */
function bringPartners(form, person) {
  const team = (person.dataset.team ?? "").split(" ");
  const [near, far] = [form.querySelector("[data-near]"), form.querySelector("[data-far]")];
  const [me, ...others] = boxes(form, "staff");
  for (const each of others) {
    if (!team.includes(each.value) && !touched.get(form).has("staff")) each.checked = false;
    (team.includes(each.value) || each.checked ? near : far).append(each.closest(".chip"));
  }
  near.prepend(me.closest(".chip"));
}

/** Is the planned moment still to come? The page says when it was made. */
const early = (form, day, time) => `${day}T${time}` > `${form.elements.day?.defaultValue}T${form.elements.time?.defaultValue}`;

/** What is planned with the person, wherever nothing was chosen by hand; what takes place early, takes place now. */
function prefill(form, person) {
  const free = (...names) => !names.some((name) => touched.get(form).has(name));
  const { day, time, mode, place, minutes, component, coming } = person.dataset;
  if (day && free("day", "time") && !early(form, day, time)) {
    choose(form, "day", day);
    choose(form, "time", time);
  }
  if (mode && free("mode")) choose(form, "mode", mode);
  if (place && free("place")) choose(form, "place", place);
  if (component && free("component")) choose(form, "component", component);
  if (minutes && free("minutes", "own_minutes")) {
    choose(form, "minutes", minutes);
    choose(form, "own_minutes", box(form, "minutes") ? "" : minutes);
  }
  const line = form.querySelector("[data-coming-line]");
  if (!line) return;
  line.hidden = !coming;
  line.lastElementChild.textContent = coming ?? "";
}

function changed(event) {
  const form = event.currentTarget;
  const { name } = event.target;
  if (name === "who") {
    offerComponents(form, event.target);
    bringPartners(form, event.target);
    prefill(form, event.target);
  } else touched.get(form).add(name);
  if (name === "own_minutes" && event.target.value) choose(form, "minutes", "");
  if (name === "minutes") choose(form, "own_minutes", "");
  if (name === "next" && event.target.value !== "other") for (const own of ["next_day", "next_time"]) choose(form, own, "");
  fit(form);
}

/** What was restored must be in sight: open what holds an answer that differs from the page's own. */
function unfold(form) {
  const differs = (each) => (["radio", "checkbox"].includes(each.type) ? each.checked && !each.defaultChecked : each.value !== each.defaultValue);
  for (const fold of form.querySelectorAll("details")) fold.open ||= [...fold.querySelectorAll("input")].some(differs);
}

function settle(form) {
  const person = box(form, "who");
  if (person) offerComponents(form, person);
  unfold(form);
  fit(form);
}

function begin(root) {
  for (const form of root.querySelectorAll("form[data-contact]")) {
    if (touched.has(form)) continue;
    touched.set(form, new Set("asTyped" in form.dataset ? [...form.elements].map((each) => each.name) : []));
    form.addEventListener("change", changed);
    form.addEventListener("draft:filled", () => settle(form));
    settle(form);
  }
}

begin(document);
document.addEventListener("draft:look", (event) => begin(event.target));
