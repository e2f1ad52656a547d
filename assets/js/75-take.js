// Menus, and what is taken away by them: pictures, slides, code to embed, paper (dashboard/components/menu.py).
window.ipi = window.ipi || {};
ipi.take = (() => {
  const open = () => document.querySelector("details.menu[open]");

  function save(blob, name) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    document.body.append(link); link.click(); link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  const saved = (reply, blob) => save(blob, /filename="([^"]+)"/.exec(reply.headers.get("Content-Disposition"))[1]);

  const named = card => `${card.dataset.file}_${ipi.page.at()}`;

  async function slides({ dataset: { of } }) {
    const card = document.getElementById("card-" + of);
    const body = card && ipi.plots.drawn.has(of) ? await ipi.picture.png(card, { isBody: true }).catch(() => null) : null;
    const reply = await fetch(`/export/${pageId()}.pptx${ipi.address.whole()}`, body ? { method: "POST", body, headers: { "Content-Type": "image/png" } } : {});
    if (!reply.ok) throw new Error(await reply.text());
    saved(reply, await reply.blob());
  }

  async function embed(name, button) {
    const card = button.closest(".card"), frame = document.createElement("iframe");
    const size = { width: "100%", height: Math.max(card.offsetHeight + 40, 320) };
    for (const [key, value] of Object.entries({ src: `${location.origin}/${name}${ipi.address.whole()}`, title: card.querySelector("h2").textContent, ...size, loading: "lazy", style: "border:0" })) frame.setAttribute(key, value);
    await navigator.clipboard.writeText(frame.outerHTML);
    ipi.controls.say(button.dataset.done);
  }

  const ACTS = {
    png: async button => { const card = button.closest(".card"); save(await ipi.picture.png(card), named(card) + ".png"); },
    svg: async button => { const card = button.closest(".card"); save(new Blob([await ipi.picture.svg(card)], { type: "image/svg+xml" }), named(card) + ".svg"); },
    slides,
    print: () => window.print(),
  };

  document.addEventListener("click", async event => {
    const menu = open(), button = event.target.closest("[data-take]");
    if (menu && (!menu.contains(event.target) || event.target.closest(".menu:not(.more) .items"))) menu.open = false;
    if (!button) return;
    const what = button.dataset.take;
    button.disabled = true;
    try { await (ACTS[what] ? ACTS[what](button) : embed(what, button)); }
    catch (error) { console.warn(error); ipi.controls.say(button.dataset.failed ?? document.getElementById("toast").dataset.failed); }
    button.disabled = false;
  });

  // One menu at a time; Escape closes it and gives the focus back; arrows go through it.
  document.addEventListener("toggle", event => {
    if (event.target.matches?.("details.menu[open]")) for (const other of document.querySelectorAll("details.menu[open]")) if (other !== event.target) other.open = false;
  }, true);
  document.addEventListener("keydown", event => {
    const menu = open();
    if (!menu) return;
    const items = [...menu.querySelectorAll(".items :is(a, button, [aria-disabled])")], at = items.indexOf(document.activeElement), to = { ArrowDown: at + 1, ArrowUp: at < 0 ? items.length - 1 : at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); event.stopImmediatePropagation(); }
    else if (to !== undefined && menu.contains(document.activeElement)) { items[(to + items.length) % items.length].focus(); event.preventDefault(); }
    else if (event.key === "Tab") setTimeout(() => { if (!menu.contains(document.activeElement)) menu.open = false; });
  }, true);

  // On paper every source stands on the last sheet. Printing does not wait for an answer, so this one request does.
  const pageId = () => document.querySelector(".app").className.replace("app page-", "");
  window.addEventListener("beforeprint", () => {
    const place = document.getElementById("paper-sources"), request = new XMLHttpRequest();
    if (!place) return;
    try { request.open("GET", `/export/${pageId()}.sources.json${ipi.address.search()}`, false); request.send(); } catch { return; }
    if (request.status !== 200) return;
    const list = document.createElement("ol"), cited = JSON.parse(request.responseText);
    list.append(...cited.map(({ title, address }) => Object.assign(document.createElement("li"), { textContent: address ? `${title} ${address}` : title })));
    place.replaceChildren(...(cited.length ? [Object.assign(document.createElement("h2"), { textContent: place.dataset.heading }), list] : []));
  });
  window.addEventListener("afterprint", () => document.getElementById("paper-sources")?.replaceChildren());

  return { save, saved };
})();
