// What a person does with the page: year, play, tabs, full screen, copy, zoom, theme, dialogs. Elements say what they
// do in data attributes (dashboard/components/bind.py).
window.ipi = window.ipi || {};
ipi.controls = (() => {
  const $ = id => document.getElementById(id);
  const YEAR_EVERY = 500;
  let timer = null;

  // ---- the year
  function shown(year, first, last) {
    const slider = $("filter-year"), track = $("year-track");
    if (!slider) return;
    if (slider.min !== String(first) || slider.max !== String(last)) { slider.min = first; slider.max = last; ticks(first, last); }
    slider.value = year;
    for (const [name, value] of [["aria-valuenow", year], ["aria-valuemin", first], ["aria-valuemax", last]]) slider.setAttribute(name, value);
    track.style.setProperty("--at", (year - first) / Math.max(last - first, 1));
    if (timer && year >= last) play(false);
  }

  function ticks(first, last) {
    const years = [first], closest = (last - first) / 10;
    for (let year = Math.ceil(first / 10) * 10; year < last; year += 10) if (year - first > closest && last - year > closest) years.push(year);
    $("year-ticks").replaceChildren(...[...years, last].map(year => {
      const tick = Object.assign(document.createElement("span"), { textContent: year });
      tick.style.setProperty("--at", (year - first) / Math.max(last - first, 1));
      return tick;
    }));
  }

  const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  function play(on = !timer) {
    clearInterval(timer); timer = null;
    const { first, last } = ipi.frames.current;
    if (on && isStill()) ipi.page.year(ipi.page.at() >= last ? first : ipi.page.at() + 1); // one step a press
    else if (on) {
      if (ipi.page.at() >= last) ipi.page.year(first, { replace: true });
      timer = setInterval(() => ipi.page.year(ipi.page.at() + 1, { replace: true }), YEAR_EVERY);
    }
    const button = $("play"), label = timer ? button.dataset.pause : isStill() ? button.dataset.step : button.dataset.play;
    button.querySelector(".icon").className = "icon icon-" + (timer ? "pause" : "play");
    button.querySelector(".unseen").textContent = button.title = label;
  }

  // Click or drag along a chart whose layout says so (meta.scrub).
  function scrub(gd) {
    let from = null, isDrag = false, isPicked = false;
    const at = event => {
      const { _size: size, xaxis } = gd._fullLayout, box = gd.getBoundingClientRect();
      const part = (event.clientX - box.left - size.l) / size.w, [low, high] = xaxis.range;
      return Math.round(low + Math.min(Math.max(part, 0), 1) * (high - low));
    };
    gd.addEventListener("pointerdown", event => { if (event.button === 0) { from = event.clientX; isDrag = isPicked = false; } }, true);
    window.addEventListener("pointermove", event => {
      if (from === null) return;
      if (!isDrag && Math.abs(event.clientX - from) < 5) return;
      isDrag = true; ipi.page.year(at(event), { replace: true });
    });
    window.addEventListener("pointerup", event => {
      if (from === null) return;
      from = null;
      if (isDrag) ipi.page.year(at(event));
      else setTimeout(() => { if (!isPicked) ipi.page.year(at(event)); }); // a click on a bar chose its region instead
    });
    gd.on("plotly_click", () => { isPicked = true; });
    return () => isDrag;
  }

  function wirePlot(_name, gd) {
    const wasDragged = gd.layout.meta?.scrub ? scrub(gd) : () => false;
    gd.on("plotly_click", ({ points: [point] }) => {
      const name = point?.data.meta?.set;
      if (name && point.customdata && !wasDragged()) ipi.page.toggle(name, point.customdata);
    });
  }

  function zoom(name, act) {
    const gd = ipi.plots.drawn.get(name)?.gd;
    if (!gd) return;
    if (act === "reset") return ipi.page.wholeMap(name);
    const now = gd._fullLayout.geo.projection.scale;
    Plotly.relayout(gd, { "geo.projection.scale": Math.min(Math.max(now * (act === "in" ? 1.5 : 1 / 1.5), 0.7), 12) });
  }

  // ---- small things
  function say(text) { const toast = $("toast"); toast.textContent = text; clearTimeout(say.timer); say.timer = setTimeout(() => { toast.textContent = ""; }, 2500); }
  async function copy(anchor) {
    const address = location.origin + location.pathname + ipi.address.search() + (anchor ? "#" + anchor : ""), { copied, failed } = $("toast").dataset;
    try { await navigator.clipboard.writeText(address); say(copied); } catch { history.replaceState(null, "", address); say(failed); }
  }
  function tab(button) {
    const card = button.closest(".card"), name = button.dataset.tab;
    for (const each of card.querySelectorAll("[data-tab]")) each.setAttribute("aria-pressed", each === button);
    for (const face of card.querySelectorAll("[data-face]")) face.hidden = face.dataset.face !== name;
    ipi.page.refresh();
  }
  function theme() {
    const root = document.documentElement;
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* kept for this page only */ }
    ipi.page.recolour();
  }
  function fullScreen(card) { document.fullscreenElement ? document.exitFullscreen() : card.requestFullscreen?.(); }

  const ACTS = {
    set: (value, button) => { const at = value.indexOf("="); ipi.page.toggle(value.slice(0, at), value.slice(at + 1), { stays: "stays" in button.dataset, ...("many" in button.dataset && { isMany: true }) }); },
    clear: name => ipi.page.clear(name),
    reset: () => ipi.page.reset(),
    copy: anchor => copy(anchor),
    tab: (_, button) => tab(button),
    fullScreen: (_, button) => fullScreen(button.closest(".card")),
    themeSwitch: theme,
    zoom: (act, button) => zoom(button.dataset.of, act),
    sources: name => ipi.page.sources(name),
    close: (_, button) => button.closest("dialog").close(),
    dismiss: () => $("notices").replaceChildren(),
    retry: () => ipi.page.ask(),
    reload: () => location.reload(),
  };

  document.addEventListener("click", event => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.id === "play") return play();
    for (const [name, act] of Object.entries(ACTS)) if (name in button.dataset) return act(button.dataset[name], button);
  });
  document.addEventListener("input", event => { if (event.target.id === "filter-year") { play(false); ipi.page.year(+event.target.value, { replace: true }); } });
  document.addEventListener("change", event => { if (event.target.id === "filter-year") ipi.page.year(+event.target.value); });
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]") || document.fullscreenElement) return;
    const button = [...document.querySelectorAll("[data-escape]")].find(each => ipi.address.values(each.dataset.clear).length);
    if (button) ipi.page.clear(button.dataset.clear);
  });

  // ---- on paper: the layout and the colours of paper while it prints
  const root = document.documentElement;
  let themeOnScreen = null;
  function paper(on) {
    if (on === "print" in root.dataset) return;
    if (on) { themeOnScreen = root.dataset.theme; root.dataset.print = ""; root.dataset.theme = "light"; }
    else { delete root.dataset.print; root.dataset.theme = themeOnScreen; }
    if (themeOnScreen !== "light") ipi.page.recolour();
    ipi.page.refresh({ resized: true });
  }
  window.addEventListener("beforeprint", () => paper(true));
  window.addEventListener("afterprint", () => paper(false));

  return { shown, play, wirePlot, say };
})();
