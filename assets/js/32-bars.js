// Sets the bars of a drawn chart to those of another figure, with its axis, its lines and its intervals, before Plotly
// draws that figure: thirty milliseconds sooner. Leans on the elements that Plotly draws;
// tests/browser/test_bars.py compares the result with Plotly's own, and fails when an upgrade changes them.
window.ipi = window.ipi || {};
ipi.bars = (() => {
  const all = (gd, look) => [...gd.querySelectorAll(look)];
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const part = (v, [low, high]) => (v - low) / (high - low);
  const round = v => +v.toFixed(2);
  const INTERVAL = /^M[-\d.]+,([-\d.]+)v/;

  // From values to pixels within the plot, by the layout that is to come.
  function scales({ layout, _fullLayout: { _size: size } }, next) {
    if (layout.width !== next.width || layout.height !== next.height || !same(layout.margin, next.margin)) return null;
    return { l: size.l, t: size.t, x: v => round(part(v, next.xaxis.range) * size.w), y: v => round((1 - part(v, next.yaxis.range)) * size.h), w: size.w, h: size.h };
  }

  // One path for all bars of each trace, instead of Plotly's one for each bar, which are hidden meanwhile: a page lays
  // out six elements sooner than five hundred. Each looks as its trace does, known by its name, or as the first with
  // its own colour, and lies under the intervals of its trace.
  function paths(gd, traces) {
    const drawn = gd._fullData.filter(trace => trace.type === "bar"), groups = all(gd, ".barlayer > .trace.bars");
    if (!groups.length || groups.length !== drawn.length) return null;
    const byName = new Map(groups.map((group, i) => [drawn[i].name ?? "", group])), isOne = groups.length === 1 && traces.length === 1;
    const made = traces.map(({ name, marker }) => {
      const own = isOne ? groups[0] : byName.get(name), path = (own ?? groups[0]).querySelector(".point > path")?.cloneNode();
      if (path && !own) path.style.fill = marker.color;
      return [path, own?.querySelector(".points")];
    });
    if (!made.every(([path]) => path)) return null;
    all(gd, "[data-ahead]").forEach(path => path.remove());
    for (const points of all(gd, ".barlayer .points")) points.style.display = "none";
    return made.map(([path, points]) => {
      path.dataset.ahead = "";
      if (points) points.after(path); else gd.querySelector(".barlayer").append(path);
      return path;
    });
  }

  // Bars too thin to be seen are drawn as thick as a pixel, as Plotly does.
  const seen = (v, other) => (v === other || Math.abs(v - other) >= 2 ? v : v > other ? Math.ceil(v) : Math.floor(v));

  // Labels of an axis, and their marks: as many as there are to be, each at its place.
  function ticks(gd, letter, axis, at) {
    const moved = value => (letter === "x" ? `translate(${at(value)},0)` : `translate(0,${at(value)})`);
    for (const kind of ["g", "path"]) {
      const nodes = all(gd, `${kind}.${letter}tick`).filter(node => node.__data__);
      if (!nodes.length) continue;
      while (nodes.length > axis.tickvals.length) nodes.pop().remove();
      while (nodes.length < axis.tickvals.length) { const node = nodes[0].cloneNode(true); node.__data__ = { ...nodes[0].__data__ }; nodes[0].parentNode.append(node); nodes.push(node); }
      nodes.forEach((node, i) => {
        const value = axis.tickvals[i], text = String(axis.ticktext?.[i] ?? value), target = kind === "g" ? node.firstElementChild : node;
        Object.assign(node.__data__, { x: value, text }); // by this Plotly knows them again
        target.setAttribute("transform", moved(value));
        if (kind === "g" && target.textContent !== text) target.textContent = text;
      });
    }
  }
  function lines(gd, shapes, { x, y, l, t, w, h }) {
    const old = all(gd, ".shapelayer path"), model = {};
    for (const path of old) model[gd.layout.shapes[path.dataset.index]?.layer ?? "above"] ??= [path, path.parentNode];
    old.forEach(path => path.remove());
    shapes.forEach((shape, i) => {
      const [path, parent] = model[shape.layer ?? "above"] ?? [];
      if (!path) return;
      const line = path.cloneNode(), [y0, y1] = [shape.y0, shape.y1].map(v => round(t + (shape.yref === "paper" ? (1 - v) * h : y(v))));
      line.dataset.index = i; line.setAttribute("d", `M${round(l + x(shape.x0))},${y0}L${round(l + x(shape.x1))},${y1}`); line.style.stroke = shape.line.color;
      parent.append(line);
    });
  }
  function intervals(group, { x, error_x: by }, { x: to }) {
    const paths = all(group, ".errorbar > .xerror");
    if (by && paths.length === x.length)
      paths.forEach((path, i) => { const [, y] = INTERVAL.exec(path.getAttribute("d")); path.setAttribute("d", `M${to(x[i] + by.array[i])},${y}v6m0,-3H${to(x[i] - by.arrayminus[i])}m0,-3v6`); });
  }

  // What this file knows: one pair of axes, bars from the axis or on each other, in one colour each, without texts.
  const KNOWN = new Set(["type", "orientation", "x", "y", "width", "name", "meta", "customdata", "marker", "error_x", "hoverinfo", "hovertemplate"]);
  const isKnown = ({ data, layout }) => {
    const bars = data.filter(trace => trace.type === "bar");
    return bars.length > 0 && !Object.keys(layout).some(key => /^[xy]axis\d/.test(key)) && (bars.length === 1 || layout.barmode === "stack") && data.every(trace => trace.type === "bar" || trace.type === "scatter")
      && bars.every(trace => Object.keys(trace).every(key => KNOWN.has(key)) && typeof trace.marker?.color === "string" && trace.orientation === bars[0].orientation);
  };

  // True where the bars of `gd` are now those of the figure; the rest of it is as it should be, or not seen until `end`.
  function show(gd, { data, layout }) {
    const scale = gd._fullLayout && layout.yaxis?.ticktext && scales(gd, layout), traces = data.filter(trace => trace.type === "bar");
    if (!scale || !isKnown({ data, layout }) || layout.barmode !== gd.layout.barmode || layout.yaxis.ticktext.some(text => /[<&]/.test(text))) return false;
    const lying = traces[0].orientation === "h", places = gd.calcdata.find(points => points[0].trace.type === "bar");
    if (!traces.every(trace => trace.x.length === places?.length) || (lying && !(same(gd.layout.yaxis.range, layout.yaxis.range) && same(gd.layout.xaxis.range, layout.xaxis.range)))) return false;
    const wanted = paths(gd, traces);
    if (!wanted) return false;
    const across = places.map(({ p0, p1 }) => [p0, p1].map(lying ? scale.y : scale.x)), base = new Array(places.length).fill(0);
    traces.forEach((trace, k) => {
      const bars = across.map(([from, to], i) => {
        if (lying) return `M0,${from}V${to}H${scale.x(trace.x[i])}V${from}Z`;
        const low = scale.y(base[i]), high = scale.y((base[i] += trace.y[i])), foot = seen(low, high), head = seen(high, foot);
        return foot === head ? "" : `M${from},${foot}V${head}H${to}V${foot}Z`;
      });
      wanted[k].setAttribute("d", bars.join("") || "M0,0Z");
      intervals(wanted[k].parentNode, trace, scale);
    });
    ticks(gd, "y", layout.yaxis, v => round(scale.t + scale.y(v)));
    if (!lying) ticks(gd, "x", layout.xaxis, v => round(scale.l + scale.x(v)));
    lines(gd, layout.shapes ?? [], scale);
    const outline = data.find(trace => trace.mode === "lines"), path = gd.querySelector(".scatterlayer .js-line");
    if (outline && path) path.setAttribute("d", "M" + outline.x.map((v, i) => `${scale.x(v)},${scale.y(outline.y[i])}`).join("L"));
    for (const node of all(gd, ".scatterlayer .trace")) if (!node.contains(path)) node.style.visibility = "hidden";
    for (const node of all(gd, ".annotation")) node.style.visibility = "hidden";
    return true;
  }

  // Before Plotly draws.
  function end(gd) {
    all(gd, "[data-ahead]").forEach(path => path.remove());
    for (const points of all(gd, ".barlayer .points")) points.style.display = "";
    for (const node of all(gd, ".scatterlayer .trace, .annotation")) node.style.visibility = "";
  }

  return { show, end };
})();
