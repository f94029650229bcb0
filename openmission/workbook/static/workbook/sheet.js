// Lines of a sheet are added and removed on the spot. Without this script the same buttons ask the server, which answers
// with one line more or less; nothing typed is lost either way.

const PATTERN = "new-row"; // as pages/parts.py writes the id of an empty row
const rowsOf = (box) => [...box.querySelectorAll(":scope > [data-row]")];

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function add(box, id = newId()) {
  const pattern = box.querySelector(":scope > template");
  const made = document.createElement("template");
  made.innerHTML = pattern.innerHTML.replaceAll(PATTERN, id);
  const row = made.content.querySelector("[data-row]");
  pattern.before(row);
  fit(box);
  return row;
}

/** Number the lines anew, and offer another one while it fits. */
function fit(box) {
  const rows = rowsOf(box);
  const words = box.querySelector(":scope > template").content.querySelector("legend").textContent.trim();
  rows.forEach((row, place) => { row.querySelector("legend").textContent = `${words} ${place + 1}`; });
  const most = Number(box.dataset.most);
  box.querySelector("[data-add]").hidden = most > 0 && rows.length >= most;
}

const changed = (box) => box.dispatchEvent(new Event("input", { bubbles: true }));

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-add], [data-remove]");
  const box = button?.closest("[data-rows]");
  if (!box) return;
  event.preventDefault();
  if (button.matches("[data-add]")) {
    add(box).querySelector("textarea, select, input").focus();
  } else {
    const row = button.closest("[data-row]");
    const near = row.previousElementSibling?.matches("[data-row]") ? row.previousElementSibling : row.nextElementSibling;
    row.remove();
    fit(box);
    ((near?.matches("[data-row]") && near.querySelector("textarea, select, input")) || box.querySelector("[data-add]")).focus();
  }
  changed(box);
});

// Before a draft is filled in: the lines that it has, and no other.
document.addEventListener("draft:filling", (event) => {
  for (const box of event.target.querySelectorAll("[data-rows]:has(> template)")) {
    const begin = `${box.dataset.rows}.`;
    const ids = event.detail.values.filter(([name]) => name.startsWith(begin)).map(([name]) => name.split(".")[1]);
    const wanted = new Set(ids.filter((id) => /^[a-z0-9][a-z0-9_-]*$/.test(id))); // they become part of the page
    for (const row of rowsOf(box)) if (!wanted.delete(row.dataset.row)) row.remove();
    for (const id of wanted) add(box, id);
    fit(box);
  }
});
