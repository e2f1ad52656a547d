// Put into both pages before any of their own scripts: decides from what is on the screen whether a year is shown, and
// when it was. It reads the drawing (SVG paths and texts), not what the page means to draw. The same code looks at both
// pages; the only difference is that the dashboard covers later bars and labels the others (hasOverlay).
window.probe = (() => {
  const NEAR = 0.6, BAR_NEAR = 1.1; // pixels; Plotly rounds the edges of thin bars to whole ones
  let spec = null, hasOverlay = false, run = null;

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = selector => document.querySelector(selector);
  const plot = name => one(`[data-plot=${name}]`);
  const near = (a, b, by = NEAR) => Math.abs(a - b) <= by;

  // A colour as Plotly writes it into the drawing.
  const written = new Map(), dummy = document.createElement("i");
  function normal(colour) {
    if (!written.has(colour)) { dummy.style.color = ""; dummy.style.color = colour; written.set(colour, dummy.style.color); }
    return written.get(colour);
  }

  // The rectangle of a bar, "M0,10V4H8V10Z"; null where nothing is drawn.
  function rectangle(path) {
    const d = path && path.getAttribute("d"), found = d && d.match(/^M([-\d.]+),([-\d.]+)V([-\d.]+)H([-\d.]+)V/);
    return found ? { x0: +found[1], x1: +found[4], tall: Math.abs(found[2] - found[3]), wide: Math.abs(found[4] - found[1]) } : null;
  }

  function fillsAre(trace, colours) {
    const paths = trace ? all("path", trace) : [];
    return paths.length === colours.length && paths.every((path, i) => path.getAttribute("fill") === normal(colours[i]));
  }

  const PARTS = {
    ready: () => document.body.dataset.ready === "true",
    year: at => one("#filter-year").value === String(spec.first + at) && one("output").textContent === String(spec.first + at),
    tiles: at => Object.entries(spec.tiles[at]).every(([id, texts]) => {
      const [number, range] = document.getElementById(id).children;
      return number.textContent === texts[0] && range.textContent === texts[1];
    }),
    // every country and every stripe has the colour of its class
    map: at => {
      const traces = all(".choroplethlayer .trace", plot("map"));
      return traces.length === 3 && fillsAre(traces[1], spec.areas[at]) && fillsAre(traces[2], spec.hatch[at]);
    },
    // bars up to the year have their height; of later ones nothing is seen: not drawn, or wholly under the cover
    growth: at => {
      const node = plot("growth"), { margin, x, y, bars, labels } = spec.growth, traces = all(".barlayer .trace", node);
      if (traces.length !== bars.length) return false;
      const wide = node.clientWidth - margin.l - margin.r, tall = node.clientHeight - margin.t - margin.b;
      let covered = Infinity;
      if (hasOverlay) {
        const edge = margin.l + ((spec.first + at + 0.5 - x[0]) / (x[1] - x[0])) * wide;
        const left = look => { const path = one(`#chart-growth svg.overlay .${look}`); return path ? parseFloat(path.getAttribute("d").slice(1)) : NaN; };
        if (!near(left("cover"), edge) || !near(left("year"), edge)) return false;
        const said = all("#chart-growth svg.overlay .label").filter(text => text.style.display !== "none").map(text => text.textContent);
        if (JSON.stringify(said) !== JSON.stringify(labels[at])) return false;
        covered = left("cover") - margin.l;
      }
      return traces.every((trace, k) => {
        const points = all(".point", trace);
        return bars[k].every((value, i) => {
          const box = rectangle(points[i] && points[i].querySelector("path"));
          if (i > at) return !box || box.tall < 0.1 || box.x0 >= covered - NEAR;
          return box ? near(box.tall, (value / (y[1] - y[0])) * tall, BAR_NEAR) && (value > 0) === (box.tall > 0.1) : value === 0;
        });
      });
    },
    // a bar for each share, of its width, with its name; none where the survey of the year has no shares
    barriers: at => {
      const node = plot("barriers"), { margin, x, shares, names } = spec.barriers, isSeen = node && node.clientWidth > 0;
      const boxes = isSeen ? all(".barlayer .point path", node).map(rectangle).filter(Boolean) : [];
      const wide = isSeen ? node.clientWidth - margin.l - margin.r : 0;
      const said = isSeen && boxes.length ? all(".ytick text", node).map(text => text.textContent) : [];
      return boxes.length === shares[at].length && boxes.every((box, i) => near(box.wide, (shares[at][i] / (x[1] - x[0])) * wide))
        && JSON.stringify(said) === JSON.stringify(names[at]);
    },
  };

  // Which parts do not show the year in this position: [] when everything does.
  function wrong(at) {
    return Object.keys(PARTS).filter(name => { try { return !PARTS[name](at); } catch { return true; } });
  }
  function holds(at) {
    for (const part of Object.values(PARTS)) { try { if (!part(at)) return false; } catch { return false; } }
    return true;
  }

  // ---- when
  // Looked at after each frame of the screen: a message sent during a frame arrives when it has been rendered.
  const after = new MessageChannel();
  after.port1.onmessage = look;
  function loop() { if (!run || run.isOver) return; after.port2.postMessage(0); requestAnimationFrame(loop); }

  function look() {
    if (!run || run.isOver || run.from === null) return;
    const now = performance.now(), is = holds(run.at);
    run.years.add(one("output") && one("output").textContent);
    if (!is) { run.right = null; return; }
    if (run.right === null) {
      const mine = (run.right = { done: now, painted: null });
      requestAnimationFrame(() => requestAnimationFrame(() => { mine.painted = performance.now(); }));
    }
    // what stays right for as long as was asked is the end
    if (run.right.painted !== null && now - run.right.done >= run.stays) {
      run.isOver = true;
      run.resolve({ done: run.right.done - run.from, painted: run.right.painted - run.from, years: run.years.size });
    }
  }

  // From the next event of this type on (null: from the start of the page), wait for the year in position `at`.
  function arm(at, type, stays = 0) {
    run = { at, type, stays, from: type ? null : 0, right: null, isOver: false, years: new Set() };
    run.promise = new Promise(resolve => { run.resolve = resolve; });
    requestAnimationFrame(loop);
  }
  for (const type of ["keydown", "pointerdown", "pointerup"])
    window.addEventListener(type, event => { if (run && run.type === type && run.from === null && event.isTrusted) run.from = event.timeStamp; }, true);

  // {done, painted, years} in ms from the event, or {wrong} when it takes too long.
  async function wait(most = 10000) {
    const mine = run, late = new Promise(resolve => setTimeout(() => resolve(null), most)), found = await Promise.race([mine.promise, late]);
    mine.isOver = true;
    return found ?? { wrong: mine.from === null ? ["the event never came"] : wrong(mine.at) };
  }

  return { use: (expected, overlay) => { spec = expected; hasOverlay = overlay; }, arm, wait, wrong };
})();
