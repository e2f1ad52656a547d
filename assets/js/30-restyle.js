// Changes how drawn maps look without projecting every border again. This is the one file that leans on Plotly's
// internals (gd.calcdata, trace._module); tests/browser/test_restyle.py fails when an upgrade changes them, and
// whatever cannot be done here is left to Plotly.restyle.
window.ipi = window.ipi || {};
ipi.restyle = (() => {
  const LOOKS = {
    choropleth: ["z", "hovertext", "marker.opacity", "marker.line.color", "marker.line.width"],
    scattergeo: ["text", "hovertext", "opacity", "marker.color", "marker.opacity", "marker.line.color"],
  };

  function put(target, path, value) {
    const steps = path.split("."), last = steps.pop();
    for (const step of steps) target = target[step] ??= {};
    target[last] = value;
  }

  // True where the changes (path -> value) of one trace were made and drawn.
  function apply(gd, index, changes) {
    const trace = gd._fullData?.[index], points = gd.calcdata?.[index];
    const looks = LOOKS[trace?.type];
    if (!looks || !points?.length || points[0].trace !== trace || !points[0].node3 || !trace._module?.calc || !trace._module?.style) return false;
    if (!Object.keys(changes).every(path => looks.includes(path))) return false;
    for (const [path, value] of Object.entries(changes)) { put(gd.data[index], path, value); put(trace, path, value); }
    const fresh = trace._module.calc(gd, trace);
    if (fresh.length !== points.length) return false;
    const before = points.map(seen);
    fresh.forEach((point, i) => Object.assign(points[i], point));
    trace._module.style(gd, isOfEach(trace, changes) ? narrowed(points, new Set(points.filter((point, i) => seen(point) !== before[i]))) : points);
    return true;
  }

  // Areas and points whose own looks are as before are left alone: of 180 areas some ten change with a year.
  const seen = ({ z, tx, mc, mo, mlc, mlw }) => `${z} ${tx} ${mc} ${mo} ${mlc} ${mlw}`;
  const isOfEach = ({ type }, changes) => Object.entries(changes).every(([path, value]) => Array.isArray(value) || (type === "choropleth" ? !path.startsWith("marker") : path === "opacity"));
  function narrowed([point], changed) {
    const { node3 } = point;
    return [{ ...point, node3: { style: (...look) => node3.style(...look), selectAll: look => node3.selectAll(look).filter(each => changed.has(each)) } }];
  }

  return { apply };
})();
