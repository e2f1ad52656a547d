// Draws figures and moves them from year to year. Figures come from Python with the names of colours; the colours
// themselves are those of the theme (assets/css/10-tokens.css).
window.ipi = window.ipi || {};
ipi.plots = (() => {
  const CONFIG = { displayModeBar: false, displaylogo: false, showSendToCloud: false, showTips: false, responsive: false, topojsonURL: "/assets/map/", doubleClick: false };
  const drawn = new Map(); // name -> {gd, figure, moved}
  let colours = {}, turn = 0;
  const awaited = new Set(); // figures that are drawn in a moment, at whatever size they have then
  // Fonts that arrive, lists that grow and windows that are pulled all change the place of a figure.
  const isOutgrown = gd => Boolean(gd.clientWidth && gd.clientHeight && gd.layout) && (gd.layout.width !== gd.clientWidth || gd.layout.height !== gd.clientHeight);
  const sizes = new ResizeObserver(entries => { if (entries.some(({ target }) => isOutgrown(target) && !awaited.has(target))) ipi.page.refresh({ resized: true }); });

  function colour(name) {
    return (colours[name] ??= getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim());
  }
  const VARIABLE = /var\(--([\w-]+)\)/g;
  function coloured(value) {
    if (typeof value === "string") return value.includes("var(") ? value.replace(VARIABLE, (_, name) => colour(name)) : value;
    if (Array.isArray(value)) return value.map(coloured);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, coloured(each)]));
    return value;
  }

  // Curves between places ([lon, lat, lon, lat] in meta.curves), bowed to the north, all in one line with gaps.
  const POINTS = 24, BOW = 0.12, NORTHERNMOST = 74;
  function curve(trace) {
    const lon = [], lat = [];
    for (const [x0, y0, x1, y1] of trace.meta.curves) {
      const x = (x0 + x1) / 2, y = Math.min(NORTHERNMOST, (y0 + y1) / 2 + BOW * Math.abs(x1 - x0));
      for (let i = 0; i < POINTS; i++) {
        const t = i / (POINTS - 1), a = (1 - t) ** 2, b = 2 * (1 - t) * t, c = t ** 2;
        lon.push(a * x0 + b * x + c * x1); lat.push(a * y0 + b * y + c * y1);
      }
      lon.push(null); lat.push(null);
    }
    Object.assign(trace, { lon, lat });
  }

  // Files are named by what is in them, and kept by the browser for a year; figures name them plainly.
  let moved = null;
  function place(path) {
    moved ??= JSON.parse(document.getElementById("moved-files")?.textContent || "{}");
    return moved[path] ?? path;
  }

  // Boundaries are put where Plotly looks before it asks for them: of several traces on one map its first would ask, and
  // the others look every 50 ms whether it was answered. What does not arrive it asks for itself, and says so.
  const known = (window.PlotlyGeoAssets ??= {}), coming = new Map();
  function boundaries(address) {
    if (!coming.has(address)) coming.set(address, fetch(address).then(reply => reply.json()).then(map => { known[address] ??= map; }).catch(() => { coming.delete(address); }));
    return coming.get(address);
  }

  // Plotly and the boundaries are asked for when the page has been painted for the first time: on a slow line everything
  // that this needs comes before them. To wide screens, which seldom are at the end of one, they are on their way
  // already (dashboard/index.py).
  const PLOTLY = "/assets/vendor/plotly-cut.min.js";
  const isPainted = () => performance.getEntriesByName("first-contentful-paint").length > 0;
  let library = null;
  const plotly = () => (library ??= asked());
  async function asked() {
    if (!document.hidden && !isPainted()) await ipi.twoFrames();
    for (const address of (document.getElementById("react-entry-point")?.dataset.soon ?? "").split(" ").filter(Boolean)) boundaries(address);
    return new Promise(done => { document.head.append(Object.assign(document.createElement("script"), { src: place(PLOTLY), onload: done })); });
  }
  if (document.querySelector("[data-plot]")) plotly();

  function put(target, steps, value) {
    steps.slice(0, -1).forEach(step => { target = target[step] ??= {}; });
    target[steps.at(-1)] = value;
  }

  // Whether two figures differ in values only, so that one can become the other without being drawn anew.
  const shape = figure => JSON.stringify([figure.data.map(trace => [trace.type, trace.geojson, trace.mode]), figure.layout.geo?.scope, figure.layout.shapes?.length, figure.layout.annotations?.length]);

  // A taller place shows more of the world to the north and south instead of empty bands. SHAPE is how wide a degree of
  // longitude is against one of latitude where both fit.
  const SHAPE = 0.79, NORTH = 84, SOUTH = -58;
  function latitudes({ geo }, { width, height }) {
    const [west, east] = geo.lonaxis.range, [south, north] = geo.lataxis.range;
    const wanted = ((east - west) * SHAPE * height) / width, more = (wanted - (north - south)) / 2;
    return more > 0 ? [Math.max(south - more, SOUTH), Math.min(north + more, NORTH)] : [south, north];
  }
  const hasFrame = layout => Boolean(layout.geo?.lataxis?.range);

  // The whole map again, as it was first framed.
  function whole(name, chart, at) {
    const { gd } = drawn.get(name);
    delete gd.layout.geo;
    return first(name, gd, chart, at);
  }

  // What differs between two figures of one shape, as path -> value.
  function differences(before, after, path = "", found = {}) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const a = before[key], b = after[key], here = path ? path + "." + key : key;
      const goesOn = a && b && typeof a === "object" && typeof b === "object" && (!Array.isArray(a) || path === "" || path === "layout");
      if (goesOn && (Array.isArray(a) ? a.length === b.length : true)) differences(a, b, here, found);
      else if (JSON.stringify(a) !== JSON.stringify(b)) found[here] = b === undefined ? null : b;
    }
    return found;
  }

  // Zoom and pan of a map live in its layout; a new figure of the same map keeps them.
  function keepView(gd, layout) {
    const geo = gd?.layout?.geo;
    if (!geo || !layout.geo || geo.scope !== layout.geo.scope) return;
    const { scale, rotation } = geo.projection || {};
    if (scale) layout.geo.projection = { ...layout.geo.projection, scale, ...(rotation ? { rotation } : {}) };
    if (geo.center) layout.geo.center = { ...geo.center };
  }

  // Maps: looks of single traces, without projecting every border again where that is possible.
  function applyToMap(gd, changes) {
    const traces = {}, waits = [];
    for (const [path, value] of Object.entries(changes)) {
      const [part, index, ...rest] = path.split(".");
      if (part !== "data") waits.push(Plotly.relayout(gd, { [[index, ...rest].join(".")]: coloured(value) }));
      else (traces[index] ??= {})[rest.join(".")] = coloured(value);
    }
    let isRedrawn = waits.length > 0;
    for (const [index, values] of Object.entries(traces)) {
      if (ipi.restyle.apply(gd, +index, values)) continue;
      const wrapped = Object.fromEntries(Object.entries(values).map(([path, value]) => [path, Array.isArray(value) ? [value] : value]));
      waits.push(Plotly.restyle(gd, wrapped, [+index])); isRedrawn = true;
    }
    if (!isRedrawn) gd.emit("plotly_afterplot");
    return Promise.all(waits);
  }

  // Other charts: Plotly.react compares parts by identity and draws only what is new, so every part that changes is
  // copied along its path and all others are left as they are.
  function applyToChart(gd, changes) {
    const copies = new Set();
    const copy = part => { const made = Array.isArray(part) ? [...part] : { ...part }; copies.add(made); return made; };
    const figure = copy({ data: gd.data, layout: gd.layout });
    for (const [path, value] of Object.entries(changes)) {
      const steps = path.split("."), last = steps.pop();
      let target = figure;
      for (const step of steps) { if (!copies.has(target[step])) target[step] = copy(target[step] ?? {}); target = target[step]; }
      target[last] = coloured(value);
    }
    return Plotly.react(gd, figure.data, figure.layout);
  }

  const apply = (gd, changes) => (gd.layout.geo ? applyToMap : applyToChart)(gd, changes);

  // Values by path; "overlay" is not part of the figure.
  function moves(chart, at) {
    return Object.fromEntries(Object.entries(chart.moving).map(([path, packed]) => [path, ipi.frames.pick(packed, at)]));
  }

  const { narrow } = ipi.somebody, { breath } = ipi;

  // A chart at a year as a figure for Plotly.
  function composed(chart, moved) {
    const figure = structuredClone(chart.figure);
    for (const [path, value] of Object.entries(moved)) put(figure, path.split("."), value);
    if (narrow()) for (const [path, value] of Object.entries(chart.figure.layout.meta?.narrow || {})) put(figure, path.split("."), value);
    for (const trace of figure.data) { if (trace.meta?.curves) curve(trace); if (trace.geojson) trace.geojson = place(trace.geojson); }
    return coloured(figure);
  }

  async function first(name, node, chart, at) {
    const { overlay, ...moved } = moves(chart, at), before = drawn.get(name), { data, layout } = composed(chart, moved);
    keepView(before?.gd, layout);
    const size = before ? sizeNow(node) : sizeOf(node);
    Object.assign(layout, size);
    if (hasFrame(layout)) layout.geo.lataxis.range = latitudes(layout, size);
    const config = { ...CONFIG, scrollZoom: Boolean(layout.geo) && matchMedia("(pointer:fine)").matches };
    drawn.set(name, { gd: node, figure: chart.figure, moved, isNarrow: narrow() });
    if (before) ipi.bars.end(node);
    const maps = new Set(data.map(trace => trace.geojson).filter(address => address && !known[address]));
    if (maps.size) await Promise.all([...maps].map(boundaries));
    await (before ? Plotly.react(node, data, layout, config) : Plotly.newPlot(node, data, layout, config));
    if (overlay) ipi.overlay.show(node, overlay);
    if (!before) { sizes.observe(node); ipi.plots.onNew?.(name, node); }
  }

  async function move(name, _node, chart, at) {
    const state = drawn.get(name), { overlay, ...moved } = moves(chart, at), changes = {};
    if (state.figure !== chart.figure) {
      Object.assign(changes, differences({ data: state.figure.data, layout: state.figure.layout }, { data: chart.figure.data, layout: chart.figure.layout }));
      state.figure = chart.figure;
    }
    for (const [path, value] of Object.entries(moved)) if (state.ahead || path in changes || JSON.stringify(state.moved[path]) !== JSON.stringify(value)) changes[path] = value;
    state.moved = moved;
    if (state.ahead) { state.ahead = null; ipi.bars.end(state.gd); }
    if (Object.keys(changes).length) await apply(state.gd, changes);
    if (overlay) { ipi.overlay.show(state.gd, overlay); state.overlay = overlay; if (!Object.keys(changes).length) state.gd.emit("plotly_afterplot"); }
  }

  // Asking for a size makes the browser lay out the page: figures that are not drawn yet are asked for theirs all at
  // once, before any is; one that is drawn, whether it was hidden since.
  let measured = new Map();
  const sizeNow = ({ clientWidth: width, clientHeight: height }) => ({ width, height });
  const isBelow = node => node.getBoundingClientRect().top > innerHeight;
  const sizeOf = node => measured.get(node) ?? sizeNow(node);
  const measure = () => { const fresh = [...document.querySelectorAll("[data-plot]")].filter(node => drawn.get(node.dataset.plot)?.gd !== node && !node.closest("[hidden]")); measured = new Map(fresh.map(node => [node, sizeNow(node)])); };
  const isSeen = (node, state) => !node.closest("[hidden]") && ((state?.gd === node && state.gd.layout?.width) || Boolean(sizeOf(node).width && sizeOf(node).height));

  // Every figure that can be seen, at the year in this position. Paper does not wait for a breath.
  async function show(charts, at) {
    const mine = ++turn;
    if (!document.querySelector("[data-plot]")) return [];
    if (!window.Plotly) { await plotly(); if (mine !== turn) return; }
    measure();
    const waits = [];
    for (const node of document.querySelectorAll("[data-plot]")) {
      const name = node.dataset.plot, chart = charts[name], state = drawn.get(name);
      if (!chart || !isSeen(node, state)) continue; // not seen now; drawn when it is
      if (!state && !ipi.somebody.isHere && narrow() && isBelow(node)) continue; // drawn when somebody comes (60-page.js)
      if (!state && narrow() && !("print" in document.documentElement.dataset)) { await breath(); if (mine !== turn) return; }
      const isSame = state && state.gd === node && state.isNarrow === narrow() && shape(state.figure) === shape(chart.figure);
      const draw = () => (isSame ? move : first)(name, node, chart, at);
      if (state?.gd === node && setAhead(state, chart, at, isSame)) { awaited.add(node); waits.push(painted().then(() => { awaited.delete(node); return mine === turn ? draw() : null; })); }
      else waits.push(draw());
    }
    return Promise.all(waits);
  }

  // What a person looks at first is set at once, and Plotly draws the figure when that has been seen. True where it could
  // be done: the areas of a map, or bars with their axis.
  function setAhead(state, chart, at, isSame) {
    if (state.gd.layout.geo) return !isSame && quick(state, chart, at);
    const { overlay, ...moved } = moves(chart, at), { gd } = state;
    const isStill = isSame && !state.ahead && state.figure === chart.figure && JSON.stringify(moved) === JSON.stringify(state.moved);
    if (isStill || state.isNarrow !== narrow()) return false;
    const figure = composed(chart, moved);
    Object.assign(figure.layout, { width: gd.layout.width, height: gd.layout.height });
    if (!ipi.bars.show(gd, figure)) return false;
    state.ahead = figure;
    if (overlay) ipi.overlay.show(gd, overlay, figure.layout);
    gd.emit("plotly_afterplot");
    return true;
  }

  // A map of other points and labels over the same areas: the areas have their looks, whatever differs is gone.
  const painted = () => ipi.twoFrames().then(() => new Promise(done => setTimeout(done)));
  const ground = trace => JSON.stringify([trace.type, trace.geojson, trace.locations, trace.lon, trace.lat, trace.colorscale]);
  function quick(state, chart, at) {
    const { gd, figure: before } = state, { figure } = chart, { overlay: _, ...moved } = moves(chart, at), looks = {};
    if (!figure.layout.geo || before.layout.geo?.scope !== figure.layout.geo.scope) return false;
    for (const [path, value] of Object.entries(moved)) {
      const [part, index, ...rest] = path.split(".");
      if (part === "data") (looks[index] ??= {})[rest.join(".")] = coloured(value);
    }
    const isKept = before.data.map((trace, i) => figure.data[i] !== undefined && !("text" in trace) && ground(trace) === ground(figure.data[i]));
    if (!isKept.some((is, i) => is && figure.data[i].locations && looks[i])) return false;
    isKept.forEach((is, i) => (is ? looks[i] && ipi.restyle.apply(gd, i, looks[i]) : ipi.restyle.apply(gd, i, { opacity: 0 })));
    gd.emit("plotly_afterplot");
    return true;
  }

  // Every figure at the size of its place; what lies over it is placed anew by the next show.
  function resize() {
    const seen = [...drawn.values()].filter(({ gd }) => isOutgrown(gd));
    return Promise.all(seen.map(({ gd, figure, isNarrow }) => {
      const size = { width: gd.clientWidth, height: gd.clientHeight };
      if (hasFrame(figure.layout) && !isNarrow) size["geo.lataxis.range"] = latitudes(figure.layout, size);
      return Plotly.relayout(gd, size);
    }));
  }

  // Another theme: the same figures with other colours.
  function recolour(charts, at) {
    colours = {};
    return Promise.all([...drawn].map(([name, { gd }]) => (charts[name] && gd.clientWidth ? first(name, gd, charts[name], at) : null)));
  }

  // The same where each figure stands at a year of its own: name -> [chart, position].
  function repaint(charts) {
    colours = {};
    return Promise.all(Object.entries(charts).map(([name, [chart, at]]) => (drawn.has(name) ? first(name, drawn.get(name).gd, chart, at) : null)));
  }

  return { show, resize, recolour, repaint, whole, drawn };
})();
