// The text that the document has before any script ran stays until the figures are drawn in its place; on a narrow
// screen they come when somebody is there, so that it goes at once.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const LONGEST = 3_000;

  /** Whether a graph that is to be seen is not drawn yet. */
  const isDrawing = () =>
    dash_clientside.elements
      .findAll(".plot:not([hidden]) .dash-graph")
      .some((node) => !node.querySelector(".js-plotly-plot .main-svg"));

  /** @param {number} until */
  function removeFirstText(until = performance.now() + LONGEST) {
    const first = dash_clientside.elements.find("first");
    if (!first) return;
    const { narrow } = document.documentElement.dataset;
    const isNarrow = narrow !== undefined && matchMedia(narrow).matches;
    if (isNarrow || performance.now() > until || !isDrawing()) first.remove();
    else requestAnimationFrame(() => removeFirstText(until));
  }

  dash_clientside.first_text = { removeFirstText };
}
