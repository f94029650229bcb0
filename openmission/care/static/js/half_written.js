// A contact that the person who looks left half typed on this device: a line that leads back to it.
// What was typed stays sealed (drafts.js). The name of a draft says how its form was opened, and nobody's name.

const owner = document.querySelector('meta[name="draft-key"]')?.dataset.owner;
const line = document.querySelector("template[data-half-written]");
const begin = `draft:${owner}:contact:`;
const words = { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

for (const key of Object.keys(localStorage).filter((name) => name.startsWith(begin))) {
  const shown = document.importNode(line.content, true);
  const way = key.slice(begin.length);
  shown.querySelector("a").search = way === "new" ? "" : way;
  const at = new Date(JSON.parse(localStorage.getItem(key)).at);
  shown.querySelector("time").textContent = at.toLocaleString(document.documentElement.lang, words);
  const said = shown.querySelector("p");
  shown.querySelector("button").addEventListener("click", ({ target }) => {
    if (!window.confirm(target.closest("button").dataset.sure)) return;
    localStorage.removeItem(key);
    said.remove();
    document.querySelector("main").focus();
  });
  line.after(shown);
}
