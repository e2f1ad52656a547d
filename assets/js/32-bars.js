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

  // The group of each bar trace, by its name; for one that was not there a copy of another in its colour.
  function groups(gd, traces) {
    const drawn = gd._fullData.filter(trace => trace.type === "bar"), found = all(gd, ".barlayer > .trace.bars");
    if (!found.length || found.length - all(gd, "[data-ahead]").length !== drawn.length) return null;
    const byName = new Map(found.map((group, i) => [group.dataset.ahead ?? drawn[i].name ?? "", group]));
    if (drawn.length === 1 && traces.length === 1) return [found[0]];
    const wanted = traces.map(trace => byName.get(trace.name) ?? copied(byName.values().next().value, trace));
    for (const group of found) if (!wanted.includes(group)) for (const path of all(group, ".point > path")) path.setAttribute("d", "M0,0Z");
    return wanted;
  }
  function copied(group, { name, marker }) {
    const copy = group.cloneNode(true);
    copy.dataset.ahead = name;
    for (const path of all(copy, ".point > path")) path.style.fill = marker.color;
    group.parentNode.append(copy);
    return copy;
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
    const lying = traces[0].orientation === "h", isFitting = (group, i) => all(group, ".point > path").length === traces[i].x.length;
    const wanted = groups(gd, traces);
    if (!wanted?.every(isFitting) || (lying && !(same(gd.layout.yaxis.range, layout.yaxis.range) && same(gd.layout.xaxis.range, layout.xaxis.range)))) return false;
    const places = gd.calcdata.find(points => points[0].trace.type === "bar"), across = lying ? scale.y : scale.x;
    const base = new Array(traces[0].x.length).fill(0);
    wanted.forEach((group, k) => {
      const trace = traces[k];
      all(group, ".point > path").forEach((path, i) => {
        const from = across(places[i].p0), to = across(places[i].p1);
        if (lying) return path.setAttribute("d", `M0,${from}V${to}H${scale.x(trace.x[i])}V${from}Z`);
        const low = scale.y(base[i]), high = scale.y((base[i] += trace.y[i])), foot = seen(low, high), head = seen(high, foot);
        path.setAttribute("d", `M${from},${foot}V${head}H${to}V${foot}Z`);
      });
      intervals(group, trace, scale);
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
    all(gd, "[data-ahead]").forEach(group => group.remove());
    for (const node of all(gd, ".scatterlayer .trace, .annotation")) node.style.visibility = "";
  }

  return { show, end };
})();
