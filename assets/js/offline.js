// Runs the stage without a network: a worker keeps its page and its frames (../worker/sw.js), and the slides say so,
// with the day on which the copy was made, while the server cannot be reached.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const EVERY = 10_000;
  const LONGEST = 4_000;
  const loaded = new Date();

  /**
   * Keeps this page and what it loads, and these addresses.
   * @param {HTMLElement} stage its attributes say where the worker is and where the server says that it is there
   * @param {string[]} addresses
   */
  async function keep(stage, addresses) {
    const look = () => lookForServer(stage);
    look();
    setInterval(look, EVERY);
    for (const name of ["online", "offline"]) addEventListener(name, look);
    const { worker } = stage.dataset;
    if (!navigator.serviceWorker || !worker) return; // only https and this machine have one
    try {
      await navigator.serviceWorker.register(worker);
      const { active } = await navigator.serviceWorker.ready;
      navigator.serviceWorker.addEventListener("message", ({ data }) => {
        if (data.kept) document.body.dataset.kept = "true";
      });
      const page = addressOfPage(),
        resources = performance.getEntriesByType("resource").map(({ name }) => name);
      // what a narrow window has not loaded yet
      const links = /** @type {NodeListOf<HTMLLinkElement>} */ (
        document.querySelectorAll("link[rel=preload]")
      );
      const coming = [...links].map(({ href }) => href);
      const answers = addresses.map(dash_clientside.languages.speak);
      const urls = new Set([page, ...resources, ...coming, ...answers]);
      const ours = [...urls].filter((url) => new URL(url, page).origin === location.origin);
      active?.postMessage({ urls: ours, content: contentRequest() });
    } catch {
      // the open page still has everything
    }
  }

  /** By which the worker keeps it: whatever slide it shows, but in each language. */
  const addressOfPage = () =>
    location.origin + location.pathname + dash_clientside.languages.keep("");

  /** How Dash asked for what the page is made of, so that the worker can ask in the same way. */
  function contentRequest() {
    const asked = dash_clientside.pending.pageRequest();
    if (!asked) return null;
    const headers = { "Content-Type": "application/json" };
    return {
      address: asked.address,
      options: { method: "POST", headers, body: asked.options?.body },
    };
  }

  async function dateOfCopy() {
    try {
      const copy = await caches.match(addressOfPage());
      const date = copy?.headers.get("date");
      return date ? new Date(date) : loaded;
    } catch {
      return loaded;
    }
  }

  /** Whether the server cannot be reached now; the slides say so. @param {HTMLElement} stage */
  async function lookForServer(stage) {
    const { health = "", offline = "" } = stage.dataset;
    const options = {
      cache: /** @type {const} */ ("no-store"),
      signal: AbortSignal.timeout(LONGEST),
    };
    const isAway = !(await fetch(health, options).then(
      ({ ok }) => ok,
      () => false,
    ));
    const format = new Intl.DateTimeFormat(dash_clientside.texts.locale(), { dateStyle: "long" });
    const said = isAway ? offline.replace("{date}", format.format(await dateOfCopy())) : "";
    for (const place of dash_clientside.elements.findAll(".sfoot .copy"))
      dash_clientside.elements.write(place, said);
    return isAway;
  }

  dash_clientside.offline = { keep, isAway: lookForServer };
}
