// The one file that leans on Plotly's internals (gd.calcdata, trace._module): other looks for a drawn map without
// projecting every border again. False where that cannot be done; then figures.js asks Plotly.update.
"use strict";
var dash_clientside = dash_clientside || {};
{
  /** @type {Record<string, string[]>} */
  const LOOKS = {
    choropleth: "z text hovertext marker.opacity marker.line.color marker.line.width".split(" "),
    scattergeo: "text hovertext opacity marker.color marker.opacity marker.line.color".split(" "),
  };
  /** What is seen of an area or point. @param {any} point */
  const lookOf = ({ z, tx, mc, mo, mlc, mlw }) => `${z} ${tx} ${mc} ${mo} ${mlc} ${mlw}`;

  /** @param {any} target @param {string} path @param {unknown} value */
  function put(target, path, value) {
    const steps = path.split("."),
      last = steps.pop() ?? "";
    for (const step of steps) target = target[step] ??= {};
    target[last] = value;
  }

  /** Whether each point has a look of its own; a look of the whole trace is drawn for all. @param {string} type */
  const isOfEach = (type, /** @type {[string, unknown][]} */ changes) =>
    changes.every(
      ([name, value]) =>
        Array.isArray(value) && !(type === "choropleth" && name.startsWith("marker")),
    );

  /**
   * @param {PlotlyGraph} gd @param {number} index of the trace
   * @param {Attributes} attributes
   */
  function applyLooks(gd, index, attributes) {
    const trace = gd._fullData?.[index],
      points = gd.calcdata?.[index],
      changes = Object.entries(attributes);
    const known = LOOKS[trace?.type];
    if (!known || !changes.every(([name]) => known.includes(name))) return false;
    if (!points?.length || points[0].trace !== trace || !points[0].node3?.selectAll) return false;
    if (!trace._module?.calc || !trace._module?.style) return false;
    for (const [name, value] of changes)
      for (const target of [gd.data[index], trace]) put(target, name, value);
    const fresh = trace._module.calc(gd, trace),
      before = points.map(lookOf);
    if (fresh.length !== points.length) return false;
    points.forEach((point, i) => Object.assign(point, fresh[i]));
    const changed = new Set(points.filter((point, i) => lookOf(point) !== before[i]));
    const all = points[0].node3;
    const style = (/** @type {any[]} */ ...look) => all.style(...look);
    const selectAll = (/** @type {any} */ which) =>
      all.selectAll(which).filter((/** @type {any} */ point) => changed.has(point));
    const few = [{ ...points[0], node3: { style, selectAll } }];
    trace._module.style(gd, isOfEach(trace.type, changes) ? few : points);
    return true;
  }

  dash_clientside.map_style = { applyLooks };
}
