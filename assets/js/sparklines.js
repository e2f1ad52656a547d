// The small trend beside a key figure: the lower number in steps up to the year shown, the upper one dotted behind it.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const WIDTH = 92,
    HEIGHT = 34,
    MARGIN = 3,
    RADIUS = 3;

  /**
   * The markup of a trend at a position.
   * @param {[number[], number[]]} series lower and upper numbers of each year
   * @param {number} at
   */
  function buildTrend([lower, upper], at) {
    const last = Math.max(lower.length - 1, 1),
      highest = Math.max(1, ...upper);
    const x = (/** @type {number} */ i) => (MARGIN + ((WIDTH - 2 * MARGIN) * i) / last).toFixed(1);
    const y = (/** @type {number} */ value) =>
      (HEIGHT - MARGIN - ((HEIGHT - 2 * MARGIN) * value) / highest).toFixed(1);
    const steps = (/** @type {number[]} */ values) =>
      "M" + values.map((v, i) => (i ? `H${x(i)}V${y(v)}` : `${x(0)},${y(v)}`)).join("");
    const ends = `x1="${x(at)}" x2="${x(at)}" y1="${y(lower[at])}" y2="${y(upper[at])}"`,
      between =
        upper[at] > lower[at] ? `<line class="between" stroke="currentColor" ${ends}/>` : "";
    return (
      `<path class="upper" fill="none" stroke="currentColor" d="${steps(upper)}"/>` +
      `<path class="lower" fill="none" stroke="currentColor" d="${steps(lower.slice(0, at + 1))}"/>${between}` +
      `<circle fill="currentColor" r="${RADIUS}" cx="${x(at)}" cy="${y(lower[at])}"/>`
    );
  }

  /** @param {Frames} frames @param {number} at @param {ParentNode} part */
  function showSparklines({ sparks = {} }, at, part = document) {
    for (const node of dash_clientside.elements.findAll("[data-spark]", part)) {
      const series = sparks[node.dataset.spark ?? ""];
      if (!series) continue;
      let svg = node.querySelector("svg");
      if (!svg) {
        svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
        svg.setAttribute("class", "spark");
        svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
        node.append(svg);
      }
      dash_clientside.elements.setAttribute(svg, "aria-hidden", "true");
      dash_clientside.elements.writeMarkup(svg, buildTrend(series, at));
    }
  }

  dash_clientside.sparklines = { buildTrend, showSparklines };
}
