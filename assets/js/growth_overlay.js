// What lies over and under the growth chart, in percent of the plot, so that a year asks nothing of Plotly: grid,
// outline, milestones, the line of the year with its labels, published totals. The style sheet covers later years.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const LINE = 14; // pixels
  const DIAMOND = "M0,-6.5L6.5,0L0,6.5L-6.5,0Z";
  const isForced = matchMedia("(forced-colors: active)");

  /** A colour as an attribute, which forced contrast replaces. @param {string} colour */
  const ink = (colour) =>
    isForced.matches ? "currentColor" : dash_clientside.elements.escapeText(colour);
  /** @param {unknown} text */
  const escape = (text) => dash_clientside.elements.escapeText(text);
  /** A drawing that is stretched over the whole plot. @param {string} content */
  const stretched = (content) =>
    `<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">${content}</svg>`;

  /** @param {Overlay["lines"][number]} line */
  const buildLine = ([colour, x1, y1, x2, y2]) =>
    `<line stroke="${ink(colour)}" x1="${x1}%" y1="${y1}%" x2="${x2}%" y2="${y2}%"/>`;

  /** @param {Overlay["notes"][number]} note */
  function buildNote([x, y, words]) {
    const lines = words.split("<br>"),
      top = -8 - (lines.length - 1) * LINE;
    const spans = lines.map(
      (line, i) => `<tspan x="${x}%" dy="${i ? LINE : top}">${escape(line)}</tspan>`,
    );
    return `<text class="quiet" fill="currentColor" y="${y}%">${spans.join("")}</text>`;
  }

  /** @param {Overlay["circles"][number]} circle */
  const buildCircle = ([x, y, number]) =>
    `<circle stroke="currentColor" r="7.5" cx="${x}%" cy="${y}%"/>` +
    `<text class="above strong" fill="currentColor" x="${x}%" y="${y}%">${escape(number)}</text>`;

  /** @param {Overlay["totals"][number]} total */
  function buildTotal([x, y, isFilled, above]) {
    const label = above
      ? `<text class="above" fill="currentColor" y="-13"><tspan class="strong">${escape(above)}</tspan></text>`
      : "";
    const look = isFilled ? "total filled" : "total";
    const diamond = `<path class="${look}" stroke="currentColor" d="${DIAMOND}"/>`;
    return `<svg x="${x}%" y="${y}%" overflow="visible">${diamond}${label}</svg>`;
  }

  /** @param {Overlay["rows"][number][number]} row @param {number} stop */
  function buildLabel([colour, foot, from, to, parts], stop) {
    const words = parts.map(
      ([text, isStrong]) => `<tspan${isStrong ? ' class="strong"' : ""}>${escape(text)}</tspan>`,
    );
    const leader = `x1="${foot}%" y1="${from}%" x2="${stop}%" y2="${to}%"`;
    return (
      `<line class="leader" stroke="${ink(`var(--${colour})`)}" ${leader}/>` +
      `<text fill="currentColor" x="${stop}%" y="${to}%" dx="3">${words.join("")}</text>`
    );
  }

  /**
   * What moves with the year.
   * @param {Overlay} over @param {number} at
   */
  function buildMoving(over, at) {
    const edge = over.edges[at];
    return (
      `<line class="year" stroke="currentColor" x1="${edge}%" x2="${edge}%" y1="100%" y2="${over.tops[at]}%"/>` +
      stretched(`<polyline class="ghost" fill="none" points="${escape(over.ghost)}"/>`) +
      over.rows[at].map((row) => buildLabel(row, over.stops[at])).join("")
    );
  }

  /** @param {Frames} frames @param {number} at @param {ParentNode} root */
  function showOverlay({ over }, at, root = document) {
    const { OVER, UNDER } = dash_clientside.elements,
      place = /** @type {HTMLElement | null} */ (root.querySelector(OVER)),
      ground = root.querySelector(UNDER);
    if (!over || !place) return;
    const { writeMarkup } = dash_clientside.elements;
    const part = (/** @type {string} */ name) => place.querySelector(`.${name}`);
    const outline = `<polyline class="outline" fill="none" stroke="currentColor" points="${escape(over.outline)}"/>`;
    writeMarkup(ground?.firstElementChild, over.lines.map(buildLine).join(""));
    writeMarkup(part("still"), stretched(outline) + over.notes.map(buildNote).join(""));
    writeMarkup(part("circles"), over.circles.map(buildCircle).join(""));
    writeMarkup(part("moving"), buildMoving(over, at));
    writeMarkup(part("gaps"), `<path d="${escape(over.gaps)}"/>`);
    writeMarkup(part("totals"), over.totals.map(buildTotal).join(""));
    for (const [name, percent] of Object.entries({
      "--high": over.high,
      "--edge": over.edges[at],
      "--end": over.edges.at(-1),
    }))
      place.style.setProperty(name, `${percent}%`);
  }

  dash_clientside.growth_overlay = { buildMoving, buildTotal, showOverlay };
}
