// Draws figures and moves them from year to year. Figures come from Python with the names of colours; the colours
// themselves are those of the theme (assets/css/10-tokens.css).
window.ipi = window.ipi || {};
ipi.plots = (() => {
  const CONFIG = { displayModeBar: false, displaylogo: false, showSendToCloud: false, responsive: false, topojsonURL: "/assets/map/", doubleClick: false };
  const drawn = new Map(); // name -> {gd, figure, moved}
  let colours = {};

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

  function put(target, steps, value) {
    steps.slice(0, -1).forEach(step => { target = target[step] ??= {}; });
    target[steps.at(-1)] = value;
  }

  const shape = figure => JSON.stringify([figure.data.map(trace => [trace.type, trace.geojson, trace.mode]), figure.layout.geo?.scope, figure.layout.shapes?.length, figure.layout.annotations?.length]);

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

  // Path -> value to what Plotly takes: changes by trace, and of the layout.
  function sorted(changes) {
    const traces = {}, layout = {};
    for (const [path, value] of Object.entries(changes)) {
      const [part, index, ...rest] = path.split(".");
      if (part === "data") (traces[index] ??= {})[rest.join(".")] = coloured(value);
      else layout[[index, ...rest].join(".").replace(/\.(\d+)(?=\.|$)/g, "[$1]")] = coloured(value);
    }
    return { traces, layout };
  }

  function apply(gd, changes) {
    const { traces, layout } = sorted(changes), waits = [];
    let isRedrawn = false;
    for (const [index, values] of Object.entries(traces)) {
      if (ipi.restyle.apply(gd, +index, values)) continue;
      const wrapped = Object.fromEntries(Object.entries(values).map(([path, value]) => [path, Array.isArray(value) ? [value] : value]));
      waits.push(Plotly.restyle(gd, wrapped, [+index])); isRedrawn = true;
    }
    if (Object.keys(layout).length) { waits.push(Plotly.relayout(gd, layout)); isRedrawn = true; }
    if (!isRedrawn) gd.emit("plotly_afterplot");
    return Promise.all(waits);
  }

  function moves(chart, at) {
    return Object.fromEntries(Object.entries(chart.moving).map(([path, packed]) => [path, ipi.frames.pick(packed, at)]));
  }

  const narrow = () => matchMedia("(max-width:700px)").matches;

  async function first(name, node, chart, at) {
    const figure = structuredClone(chart.figure), moved = moves(chart, at), before = drawn.get(name);
    for (const [path, value] of Object.entries(moved)) put(figure, path.split("."), value);
    if (narrow()) for (const [path, value] of Object.entries(chart.figure.layout.meta?.narrow || {})) put(figure.layout, path.split("."), value);
    keepView(before?.gd, figure.layout);
    const { data, layout } = coloured(figure);
    const config = { ...CONFIG, scrollZoom: Boolean(layout.geo) && matchMedia("(pointer:fine)").matches };
    drawn.set(name, { gd: node, figure: chart.figure, moved, isNarrow: narrow() });
    await (before ? Plotly.react(node, data, layout, config) : Plotly.newPlot(node, data, layout, config));
    if (!before) ipi.plots.onNew?.(name, node);
  }

  async function move(name, chart, at) {
    const state = drawn.get(name), moved = moves(chart, at), changes = {};
    if (state.figure !== chart.figure) {
      Object.assign(changes, differences({ data: state.figure.data, layout: state.figure.layout }, { data: chart.figure.data, layout: chart.figure.layout }));
      state.figure = chart.figure;
    }
    for (const [path, value] of Object.entries(moved)) if (path in changes || JSON.stringify(state.moved[path]) !== JSON.stringify(value)) changes[path] = value;
    state.moved = moved;
    if (Object.keys(changes).length) await apply(state.gd, changes);
  }

  // Every figure that can be seen, at the year in this position.
  function show(charts, at) {
    const waits = [];
    for (const node of document.querySelectorAll("[data-plot]")) {
      const name = node.dataset.plot, chart = charts[name], state = drawn.get(name);
      if (!chart || !node.clientWidth || !node.clientHeight) continue; // not seen now; drawn when it is
      const isSame = state && state.gd === node && state.isNarrow === narrow() && shape(state.figure) === shape(chart.figure);
      waits.push(isSame ? move(name, chart, at) : first(name, node, chart, at));
    }
    return Promise.all(waits);
  }

  function resize() {
    for (const { gd } of drawn.values()) if (gd.clientWidth && gd.clientHeight) Plotly.Plots.resize(gd);
  }

  // Another theme: the same figures with other colours.
  function recolour(charts, at) {
    colours = {};
    return Promise.all([...drawn].map(([name, { gd }]) => (charts[name] && gd.clientWidth ? first(name, gd, charts[name], at) : null)));
  }

  return { show, resize, recolour, whole, drawn };
})();
