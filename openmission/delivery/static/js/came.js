// A link that needs a signal, [data-needs-signal] with the id of the words that say so: without one the page stays.

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-needs-signal]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const words = document.getElementById(link.dataset.needsSignal);
  try {
    await fetch(import.meta.url, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(5000) });
    words.hidden = true;
    location.assign(link.href);
  } catch {
    words.hidden = false;
  }
});
