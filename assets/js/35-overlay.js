// Draws over a chart what moves with the year (dashboard/charts/growth_overlay.py): lines, labels and diamonds at places
// in the chart's data. Looks are classes of the style sheet, so another theme needs nothing here.
window.ipi = window.ipi || {};
ipi.overlay = (() => {
  const SVG = "http://www.w3.org/2000/svg", DIAMOND = "M0,-6.5L6.5,0L0,6.5L-6.5,0Z";
  const { set } = ipi.frames;
  const ABOVE = -13, BESIDE = 3, BESIDE_PLOT = 6;

  // From data to pixels, by what the layout itself says.
  function scales({ margin, xaxis, yaxis, width, height }) {
    const wide = width - margin.l - margin.r, tall = height - margin.t - margin.b;
    const part = (v, [low, high]) => (v - low) / (high - low);
    return { end: width - margin.r, x: v => +(margin.l + part(v, xaxis.range) * wide).toFixed(1), y: v => +(margin.t + (1 - part(v, yaxis.range)) * tall).toFixed(1) };
  }

  // The child of a group at a place, made when it is not there yet.
  function child(group, at, tag, look) {
    let node = group.children[at];
    if (!node) group.append((node = document.createElementNS(SVG, tag)));
    set(node, "class", look);
    return node;
  }

  // What is there becomes the next: whatever is replaced, or set to what it was, is laid out anew.
  function write(node, parts) {
    while (node.children.length > parts.length) node.lastChild.remove();
    parts.forEach(([words, isStrong], i) => {
      const part = node.children[i] ?? node.appendChild(document.createElementNS(SVG, "tspan"));
      set(part, "class", isStrong ? "strong" : "");
      if (!part.firstChild) part.append(words); else if (part.firstChild.data !== words) part.firstChild.data = words;
    });
  }
  const at = (node, x, y) => { set(node, "x", x); set(node, "y", y); };

  function line(group, item, { x, y }) {
    const points = item.x.map((v, i) => [v, item.y[i]]).filter(([v]) => item.after === undefined || v >= item.after);
    set(child(group, 0, "path", item.look), "d", points.length ? "M" + points.map(([v, w]) => `${x(v)},${y(w)}`).join("L") : "");
  }

  function labels(group, item, { x, y }) {
    const [foot, stop] = item.x.map(x);
    item.rows.forEach((row, i) => {
      const leader = child(group, 2 * i, "path", "leader"), label = child(group, 2 * i + 1, "text", "label");
      leader.style.display = label.style.display = row ? "" : "none";
      if (!row) return;
      const [ink, from, to, parts] = row;
      set(leader, "d", `M${foot},${y(from)}L${stop},${y(to)}`); leader.style.stroke = `var(--${ink})`;
      at(label, stop + BESIDE, y(to)); write(label, parts);
    });
  }

  function diamond(group, item, { x, y }) {
    const mark = child(group, 0, "path", item.look + (item.is_filled ? " filled" : "")), label = child(group, 1, "text", "above");
    set(mark, "d", DIAMOND); set(mark, "transform", `translate(${x(item.x)},${y(item.y)})`);
    at(label, x(item.x), y(item.y) + ABOVE); write(label, item.above ? [[item.above, true]] : []);
  }

  // Texts at the end of the plot, beside what they say something of.
  function beside(group, item, { end, y }) {
    item.beside.forEach(([height, parts], i) => { const label = child(group, i, "text", "label"); at(label, end + BESIDE_PLOT, y(height)); write(label, parts); });
  }

  const draws = item => (item.rows ? labels : item.beside ? beside : Array.isArray(item.x) ? line : diamond);
  function show(gd, items, layout = gd.layout) {
    let svg = gd.parentNode.querySelector("svg.overlay");
    if (!svg) { svg = document.createElementNS(SVG, "svg"); svg.setAttribute("class", "overlay"); svg.setAttribute("aria-hidden", "true"); gd.parentNode.append(svg); }
    const kinds = items.map(item => item.look + (item.rows ?? item.beside ?? []).length).join();
    if (svg.dataset.kinds !== kinds) { svg.replaceChildren(...items.map(() => document.createElementNS(SVG, "g"))); svg.dataset.kinds = kinds; }
    const scale = scales(layout);
    items.forEach((item, i) => draws(item)(svg.children[i], item, scale));
  }

  return { show };
})();
