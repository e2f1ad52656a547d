// The stage: slides that are all in the page, drawn ahead, moved by keys. What a slide shows comes from /_stage, once for
// each region that the room may ask for, so that nothing has to be fetched while somebody speaks.
window.ipi = window.ipi || {};
ipi.stage = (() => {
  const $ = id => document.getElementById(id), all = (look, root = document) => [...root.querySelectorAll(look)];
  const CHANNEL = "ipi-stage", WHERE = "stage-at", EVERY = 450, MAGNIFIED = 2.2, WIDE = [1280, 720], SQUARE = 1.5;
  const answers = new Map(); // query -> answer
  const state = { at: 1, region: "", country: "", years: {}, isBlack: false };
  let slides = [], regions = [], timer = null, channel = null;
  const asked = new URLSearchParams(location.search), isDesk = asked.has("presenter"), isMine = asked.get("story") === "mine";

  // ---- answers
  const query = ({ region, country }) => { const search = new URLSearchParams(); if (country) search.set("country", country); else if (region) search.set("region", region); return ipi.address.spelled(search); };
  const source = () => (isMine ? ipi.story.query() : "/_stage");
  async function fetched(search) {
    if (!answers.has(search)) {
      const reply = await fetch(isMine ? source() : source() + search);
      if (!reply.ok) throw new Error(reply.status);
      answers.set(search, await reply.json());
    }
    return answers.get(search);
  }
  // A country belongs to the slide it was pressed on, a region to all.
  const queryOf = n => query({ region: state.region, country: n === state.at ? state.country : "" });
  const answerOf = n => answers.get(queryOf(n)) ?? answers.get(query({ region: state.region })) ?? answers.get("");

  // ---- one slide
  const node = n => slides[n - 1];
  function framesOf(n) {
    const answer = answerOf(n), slide = answer.slides[n - 1], view = answer.views[slide.view], title = isMine ? ipi.story.titleOf(n - 1) : "";
    return { ...view, texts: { ...view.texts, ...slide.texts, ...(title ? { "slide.headline": title } : {}), ...(isMine ? { "slide.notes": ipi.story.notesOf(n - 1) } : {}) }, start: slide.year, moves: slide.moves };
  }
  function yearOf(n, frames = framesOf(n)) { return Math.min(Math.max(state.years[n] ?? frames.start ?? frames.last, frames.first), frames.last); }

  // Words between stars are strong.
  function say(target, text) {
    if (target.dataset.shown === text) return;
    target.dataset.shown = text;
    target.replaceChildren(...text.split("**").map((part, i) => (i % 2 ? Object.assign(document.createElement("b"), { textContent: part }) : part)));
  }

  const shape = () => slides[0].clientWidth / Math.max(slides[0].clientHeight, 1);
  const squared = new WeakMap(); // chart -> the same for a canvas nearly as tall as wide
  function fitted(chart) {
    const changes = chart?.figure.layout.meta?.square;
    if (!changes || shape() >= SQUARE) return chart;
    if (!squared.has(chart)) {
      const figure = structuredClone(chart.figure);
      for (const [path, value] of Object.entries(changes)) { const steps = path.split("."), last = steps.pop(); steps.reduce((part, step) => part[step], figure)[last] = value; }
      squared.set(chart, { ...chart, figure });
    }
    return squared.get(chart);
  }

  const drawnAs = new Map();
  function draw(n) {
    const slide = node(n), frames = framesOf(n), year = yearOf(n, frames), at = year - frames.first;
    const as = [answerOf(n).query, year, slide.clientWidth, slide.clientHeight].join();
    const before = drawnAs.get(n);
    if (before?.as === as) return before.done;
    ipi.frames.use(frames);
    ipi.frames.show(at, slide);
    for (const target of all("[data-said]", slide)) say(target, String(ipi.frames.pick(frames.texts[target.dataset.said] ?? "", at)));
    slide.querySelector(".at-year").textContent = frames.moves ? year : "";
    slide.querySelector(".at").textContent = $("stage").dataset.of.replace("{at}", n).replace("{all}", slides.length);
    const plot = slide.querySelector("[data-plot]"), chart = plot && fitted(frames.charts[slide.dataset.chart]);
    const drawing = { as };
    drawnAs.set(n, drawing);
    const paint = () => (drawnAs.get(n) === drawing ? ipi.plots.show({ [plot.dataset.plot]: chart }, at) : null);
    // a figure that is being drawn is not drawn over before it is there; one that is there is, at once
    drawing.done = !chart ? Promise.resolve() : before?.isBusy ? before.done.then(paint) : paint();
    drawing.isBusy = true;
    return (drawing.done = Promise.resolve(drawing.done).finally(() => { drawing.isBusy = false; }));
  }

  // ---- showing
  let turn = 0;
  async function show() {
    const mine = ++turn, n = state.at;
    document.body.dataset.ready = "false";
    slides.forEach((slide, i) => { const isOn = i + 1 === n; slide.classList.toggle("on", isOn); slide.classList.toggle("coming", isDesk && i === n); slide.inert = !isOn; slide.setAttribute("aria-hidden", String(!isOn)); });
    document.body.dataset.slide = n;
    $("stage").style.setProperty("--part", n / slides.length);
    document.querySelector(".black").hidden = !state.isBlack || isDesk;
    ipi.desk?.shown(state, framesOf(n), yearOf(n));
    write();
    await draw(n);
    if (mine !== turn) return;
    document.body.dataset.ready = "true";
    ahead();
  }

  // The slides a press can lead to first, then all others, each when the browser has time.
  let isAhead = false;
  const idle = act => (window.requestIdleCallback ? requestIdleCallback(act, { timeout: 400 }) : setTimeout(act, 30));
  function ahead() {
    if (isAhead) return;
    isAhead = true;
    const order = [...slides.keys()].map(i => i + 1).sort((a, b) => Math.abs(a - state.at - 0.4) - Math.abs(b - state.at - 0.4));
    const step = () => { const n = order.shift(); if (!n) { isAhead = false; document.body.dataset.ahead = "true"; return; } Promise.resolve(draw(n)).finally(() => idle(step)); };
    idle(() => { slides.forEach((slide, i) => slide.classList.toggle("near", Math.abs(i + 1 - state.at) === 1)); step(); });
  }

  function write() {
    const search = new URLSearchParams();
    for (const name of ["story", "presenter"]) if (asked.has(name)) search.set(name, asked.get(name));
    search.set("slide", state.at);
    if (state.region) search.set("region", state.region);
    if (state.years[state.at] !== undefined) search.set("year", state.years[state.at]);
    history.replaceState(null, "", location.pathname + ipi.address.spelled(search));
    if (!isDesk) try { sessionStorage.setItem(WHERE + (isMine ? "-mine" : ""), JSON.stringify({ at: state.at, region: state.region, years: state.years })); } catch { /* it begins at the first then */ }
  }

  // ---- what a press does
  let wish = 0, heard = 0; // of places, and of the other window: an answer that is overtaken by a later wish is not shown
  function change(what, { isHeard = false } = {}) {
    if (!isHeard && ("region" in what || "country" in what)) wish += 1;
    if ("at" in what && what.at !== state.at) { stop(); tell(""); what.country ??= ""; }
    Object.assign(state, what);
    if (!isHeard) channel?.postMessage({ state });
    return show();
  }
  function go(n) { if (state.isBlack) return change({ isBlack: false }); const at = Math.min(Math.max(n, 1), slides.length); if (at !== state.at) change({ at }); }
  function year(wanted) {
    const frames = framesOf(state.at), next = Math.min(Math.max(wanted, frames.first), frames.last);
    if (frames.moves) change({ years: { ...state.years, [state.at]: next } });
  }
  const at = () => yearOf(state.at);
  function stop() { clearInterval(timer); timer = null; label(); }
  function label() {
    for (const button of all("[data-act=play]")) { const { play: idleLabel, pause, step } = button.dataset; button.textContent = timer ? pause : isStill() ? step : idleLabel; }
  }
  const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  function play() {
    const { first, last } = framesOf(state.at);
    if (timer) return stop();
    if (!node(state.at).querySelector("[data-act=play]")) return;
    if (isStill()) return year(at() >= last ? first : at() + 1); // one step a press
    if (at() >= last) year(first);
    timer = setInterval(() => (at() >= last ? stop() : year(at() + 1)), EVERY);
    label();
  }
  // A place that was asked for, when its answer is there. A country belongs to the slide it was pressed on.
  async function ask(what) {
    const mine = ++wish, n = state.at;
    try { await fetched(query(what)); } catch { return; }
    if (mine === wish && !(what.country && state.at !== n)) change(what);
  }
  function region(name) {
    $("stage-regions").close();
    if (!isMine) return ask({ region: name, country: "" });
  }

  // A place was pressed: what is known of it in large, and the map of it where that can be had.
  function pick(name, value) {
    if (name === "region") return region(state.region === value ? "" : value);
    if (name !== "country") return;
    const frames = framesOf(state.at), position = at() - frames.first, chart = frames.charts.map;
    const place = chart?.figure.data[1].customdata.indexOf(value) ?? -1, k = frames.list?.keys.indexOf(value) ?? -1;
    const text = place >= 0 ? ipi.frames.pick(ipi.frames.pick(chart.moving["data.1.hovertext"], position)[place], position) : k >= 0 ? frames.list.names[k] + "<br>" + ipi.frames.told(ipi.frames.pick(frames.list.numbers, position)[k]) : "";
    if (state.country === value) { tell(""); return change({ country: "" }); }
    tell(text);
    if (chart && !isMine) return ask({ country: value });
  }
  function tell(html) {
    const box = document.querySelector(".stage-told");
    box.hidden = !html;
    box.replaceChildren(...html.replace(/<\/?b>/g, "").split("<br>").map((text, i) => Object.assign(document.createElement(i ? "span" : "b"), { textContent: text })));
  }

  // The whole story as a file, each slide in the year it stands at. Files are light, and so are the pictures in them.
  async function save() {
    const { making, made, failed } = document.querySelector(".stage-told").dataset, isDark = document.documentElement.dataset.theme === "dark";
    $("stage-help").close();
    tell(making);
    if (state.country) await change({ country: "" });
    try {
      await Promise.all(slides.map((_, i) => draw(i + 1)));
      if (isDark) await theme();
      const pictures = await ipi.stageFile.pictures(slides).finally(() => isDark && theme());
      await ipi.stageFile.save(isMine ? "/_stage/views.pptx" : "/export/present.pptx" + query({ region: state.region }), { years: state.years, pictures, views: isMine ? ipi.story.read() : [] });
      tell(made);
    } catch (error) { console.warn(error); tell(failed); }
  }

  function open(id) { for (const other of all("dialog[open]")) if (other.id !== id) other.close(); $(id).open ? $(id).close() : $(id).showModal(); }
  function full() { document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.().catch(() => {}); }
  function theme() { const root = document.documentElement; root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark"; const charts = {}; slides.forEach((slide, i) => { const plot = slide.querySelector("[data-plot]"), frames = framesOf(i + 1); if (plot && frames.charts[slide.dataset.chart]) charts[plot.dataset.plot] = [fitted(frames.charts[slide.dataset.chart]), yearOf(i + 1, frames) - frames.first]; }); return ipi.plots.repaint(charts); }
  function leave() {
    if (isDesk) return window.close();
    if ($("stage").classList.contains("offline")) return; // there is nowhere to go without the server
    let from = "/"; try { const url = new URL(document.referrer); if (url.origin === location.origin && url.pathname !== "/present") from = url.href; } catch { /* opened by hand */ }
    location.href = from;
  }
  function escape() {
    if (document.fullscreenElement) return document.exitFullscreen(); // the button of a clicker that F5 and Esc take turns on
    if (!document.querySelector(".stage-told").hidden || state.country) { tell(""); wish += 1; if (state.country) change({ country: "" }); return; }
    if (state.isBlack) return change({ isBlack: false });
    leave();
  }

  const notesWindow = () => window.open(location.pathname + "?presenter=1" + (isMine ? "&story=mine" : "") + "&slide=" + state.at, CHANNEL, "popup,width=1280,height=800");
  const ACTS = {
    next: () => go(state.at + 1), back: () => go(state.at - 1), first: () => go(1), last: () => go(slides.length),
    full, black: () => change({ isBlack: !state.isBlack }), notes: notesWindow, help: () => open("stage-help"), later: () => year(at() + 1), earlier: () => year(at() - 1),
    play, region: () => open("stage-regions"), theme, save, leave: escape, restart: () => ipi.desk?.restart(),
  };
  const KEYS = {
    ArrowRight: "next", " ": "next", PageDown: "next", Enter: "next", ArrowLeft: "back", PageUp: "back", Backspace: "back", Home: "first", End: "last", f: "full", F5: "full", b: "black", ".": "black", n: "notes",
    "?": "help", h: "help", ArrowUp: "later", ArrowDown: "earlier", p: "play", r: "region", t: "theme", s: "save", Escape: "leave",
  };

  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key], dialog = document.querySelector("dialog[open]");
    if (dialog && event.key.startsWith("Page")) dialog.close(); // a clicker goes on
    else if (dialog && !(name === "help" || name === "region")) return choose(event, dialog);
    if (!name || ((event.key === " " || event.key === "Enter") && event.target.closest("button"))) return;
    event.preventDefault();
    ACTS[name]();
  }
  // In a dialog the arrows move between its buttons.
  function choose(event, dialog) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key], buttons = all("button", dialog);
    if (!step || !buttons.length) return;
    event.preventDefault();
    buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length].focus();
  }

  function swipes() {
    let from = null;
    document.addEventListener("touchstart", ({ touches: [touch, second] }) => { from = second ? null : touch; }, { passive: true });
    document.addEventListener("touchend", ({ changedTouches: [touch] }) => {
      if (!from) return;
      const dx = touch.clientX - from.clientX, dy = touch.clientY - from.clientY; from = null;
      if (Math.abs(dx) > 50 && Math.abs(dx) > 1.5 * Math.abs(dy)) ACTS[dx < 0 ? "next" : "back"]();
    }, { passive: true });
  }

  // ---- the size of a slide: one unit is a pixel of a canvas 720 high that is at least 1024 wide
  function place() {
    const boxes = isDesk ? ipi.desk.boxes() : { on: [0, 0, innerWidth, innerHeight], coming: [0, 0, innerWidth, innerHeight] };
    slides.forEach((slide, i) => {
      const [x, y, w, h] = isDesk && i + 1 !== state.at ? boxes.coming : boxes.on, unit = Math.min(h / WIDE[1], w / 1024);
      Object.assign(slide.style, { left: x + "px", top: y + "px", width: w + "px", height: h + "px" });
      slide.style.setProperty("--u", unit + "px"); slide.style.setProperty("--k", unit * MAGNIFIED);
      slide.classList.toggle("square", w / h < SQUARE);
    });
    document.body.style.setProperty("--u", Math.min(innerHeight / WIDE[1], innerWidth / 1024) + "px");
  }
  async function refresh() { place(); drawnAs.clear(); await ipi.plots.resize(); return show(); }

  // ---- awake, and without a network
  async function awake() { try { if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen"); } catch { /* the system decides */ } }

  async function begin() {
    if (isMine) ipi.story.build($("stage"), $("models"));
    slides = all("#stage > .slide");
    for (const slide of slides) slide.dataset.chart = /of-(\w+)/.exec(slide.className)?.[1] ?? "";
    document.body.dataset.slides = slides.length;
    if (isDesk) document.body.dataset.presenter = "";
    if (!slides.length) { document.body.dataset.slide = 0; document.body.dataset.ready = "true"; return; }
    // an address says where to begin; without one the story goes on where it was left, in the years and the region of then
    let left = {}; try { if (!asked.has("slide") && !isDesk) left = JSON.parse(sessionStorage.getItem(WHERE + (isMine ? "-mine" : ""))) ?? {}; } catch { /* begins at the first */ }
    state.at = Math.min(Math.max(parseInt(asked.get("slide") ?? left.at ?? 1, 10) || 1, 1), slides.length);
    Object.assign(state.years, left.years);
    await fetched("");
    regions = all("[data-region]").map(button => button.dataset.region).filter(Boolean);
    const wanted = asked.get("region") ?? left.region;
    if (regions.includes(wanted) && !isMine) { state.region = wanted; await fetched(query(state)).catch(() => { state.region = ""; }); }
    if (/^\d{4}$/.test(asked.get("year") ?? "")) state.years[state.at] = +asked.get("year");
    Object.assign(ipi.page, { refresh, year: wanted => year(wanted), at, toggle: pick });
    if ("BroadcastChannel" in window) {
      channel = new BroadcastChannel(CHANNEL + (isMine ? "-mine" : ""));
      channel.onmessage = async ({ data }) => { if (data.hello) return channel.postMessage({ state }); const mine = ++heard; await fetched(query({ region: data.state.region })).catch(() => {}); if (data.state.country) await fetched(query(data.state)).catch(() => {}); if (mine === heard) change(data.state, { isHeard: true }).then(place); };
      if (isDesk) channel.postMessage({ hello: true });
    }
    place();
    await document.fonts?.ready;
    document.addEventListener("keydown", keys);
    document.addEventListener("click", event => { const button = event.target.closest("[data-act],[data-region]"); if (button) { button.dataset.act ? ACTS[button.dataset.act]() : region(button.dataset.region); }
      if (event.detail && event.target.closest("#stage button")) $("stage").focus({ preventScroll: true }); }); // Space goes on after a press of the mouse
    swipes(); window.addEventListener("resize", refresh);
    document.addEventListener("visibilitychange", awake); awake(); label();
    await show();
    $("stage").focus({ preventScroll: true });
    ipi.offline.keep(isMine ? [source()] : ["/_stage", ...regions.map(name => "/_stage" + query({ region: name }))]);
    if (!isMine) for (const name of regions) await fetched(query({ region: name })).catch(() => {});
    document.body.dataset.preloaded = "true";
  }
  // Dash's scripts are not fetched: nothing here asks it, and without a network they would not come.
  const start = () => { begin().catch(error => { document.body.dataset.ready = "true"; throw error; }); };

  return { start, go, state, place, ACTS };
})();
