// Runs the stage without a network: a worker keeps its page and its frames (assets/worker/sw.js), and the slides say
// so, with the day on which the copy was made, while the server cannot be reached.
window.ipi = window.ipi || {};
ipi.offline = (() => {
  const EVERY = 10_000, loaded = new Date();

  async function keep(addresses) {
    look(); setInterval(look, EVERY);
    for (const name of ["online", "offline"]) window.addEventListener(name, look);
    if (!navigator.serviceWorker) return; // only https and this machine have one; the open page still has everything
    try {
      await navigator.serviceWorker.register("/sw.js");
      const { active } = await navigator.serviceWorker.ready;
      navigator.serviceWorker.addEventListener("message", ({ data }) => { if (data.kept) document.body.dataset.kept = "true"; });
      const urls = [location.origin + "/present", ...performance.getEntriesByType("resource").map(entry => entry.name), ...addresses];
      active.postMessage({ urls: [...new Set(urls)].filter(url => new URL(url, location.origin).origin === location.origin) });
    } catch { /* the open page still has everything */ }
  }

  async function copied() {
    const kept = window.caches && (await caches.match(location.origin + "/present").catch(() => null)), date = kept?.headers.get("date");
    return date ? new Date(date) : loaded;
  }

  async function look() {
    const isHere = await fetch("/health", { cache: "no-store", signal: AbortSignal.timeout(4000) }).then(reply => reply.ok, () => false);
    const stage = document.getElementById("stage");
    stage.classList.toggle("offline", !isHere);
    const date = isHere ? "" : new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(await copied());
    for (const place of document.querySelectorAll(".sfoot .copy")) place.textContent = date ? stage.dataset.offline.replace("{date}", date) : "";
  }

  return { keep, look };
})();
