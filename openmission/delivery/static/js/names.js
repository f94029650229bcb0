// Another member's name in what is written of one is asked about while it is written, with or without a signal.
//
// [data-name] a member's part; [data-asks] the question of a part, with {names} in its [data-asks-text]. The device knows
// the names that the page shows, written with a capital letter; the server knows more, and asks again when it is sent.

const WORD = /\p{L}+(?:['’-]\p{L}+)*/gu;
const plain = (word) => word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (name) => (name?.match(WORD) ?? []).filter((word) => word.length > 1).map(plain);

/** The words of a text that are one of the names, without what hangs on them: `Grace's`. */
export function named(text, names) {
  const found = new Map();
  for (const [word] of text.matchAll(WORD)) {
    const bare = word.replace(/['’][^'’]*$/u, "");
    for (const part of [word, bare, ...bare.split("-")]) {
      if (names.has(plain(part)) && part[0] !== part[0].toLowerCase()) found.set(plain(part), part);
    }
  }
  return [...found.values()];
}

/** Asks in every part of the form; `unanswered()` gives the first part whose question waits. */
export function askAboutNames(form) {
  const members = [...form.querySelectorAll("[data-name]")];
  const asking = [...form.querySelectorAll("[data-asks]")].map((box) => {
    const part = box.closest("[data-member]");
    const own = new Set(wordsOf(part.dataset.name));
    const others = new Set(members.flatMap((each) => wordsOf(each.dataset.name)).filter((word) => !own.has(word)));
    return { part, box, others, text: box.querySelector("[data-asks-text]"), tick: box.querySelector("input"), server: !box.hidden };
  });

  function look({ part, box, others, text, server }) {
    const written = [...part.querySelectorAll("textarea")].filter((field) => field.value !== field.defaultValue);
    const found = written.flatMap((field) => named(field.value, others));
    box.hidden = !found.length && !server;
    const words = found.map((word) => `“${word}”`).join(", ");
    const said = found.length ? text.dataset.asksText.replace("{names}", words) : "";
    if (text.textContent !== said) text.textContent = said;
    return found.length > 0;
  }

  const lookAll = () => asking.forEach(look);
  form.addEventListener("input", lookAll);
  form.addEventListener("draft:filled", lookAll);
  lookAll();
  return () => asking.find((each) => look(each) && !each.tick.checked)?.part;
}
