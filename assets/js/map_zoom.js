// When a wheel or finger means the map and not the page. The wheel scrolls the page; it zooms with Ctrl, or after a
// click into the map until the pointer leaves it, and passes at the smallest scale. One finger scrolls, two zoom.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const STEP = 1.5,
    SMALLEST = 0.7,
    LARGEST = 12;
  /** The map that was clicked into. @type {Element | null} */
  let active = null;

  /** The map of a target, where it is one that can be moved. @param {EventTarget | null} target */
  function findMap(target) {
    const node = target instanceof Element ? target.closest(".js-plotly-plot") : null;
    const gd = /** @type {PlotlyGraph | null} */ (node);
    return gd?.layout?.geo && gd.layout.dragmode !== false ? gd : null;
  }

  /** @param {PlotlyGraph} gd @returns {number} */
  const scaleOf = (gd) => gd.layout.geo.projection?.scale ?? 1;

  /**
   * Whether a turn of the wheel is for the map.
   * @param {{ctrlKey: boolean, deltaY: number}} wheel @param {boolean} isActive @param {number} scale
   * @param {number} smallest
   */
  function isForMap({ ctrlKey, deltaY }, isActive, scale, smallest) {
    if (!ctrlKey && !isActive) return false;
    return deltaY < 0 || scale > smallest;
  }

  addEventListener(
    "wheel",
    (event) => {
      const gd = findMap(event.target);
      if (!gd) return;
      const smallest = gd.layout.geo.projection?.minscale || 1;
      if (!isForMap(event, active === gd, scaleOf(gd), smallest)) event.stopImmediatePropagation();
    },
    { capture: true, passive: true },
  );
  addEventListener("click", ({ target }) => (active = findMap(target)), true);
  addEventListener("pointerout", ({ target, relatedTarget }) => {
    if (active && findMap(target) === active && findMap(relatedTarget) !== active) active = null;
  });
  addEventListener("keydown", ({ key }) => key === "Escape" && (active = null), true);

  // Plotly would take the first finger, and the page could not be scrolled past the map
  for (const type of ["touchstart", "touchmove"])
    addEventListener(
      type,
      (event) => {
        const { touches, target } = /** @type {TouchEvent} */ (event);
        if (touches.length < 2 && findMap(target)) event.stopImmediatePropagation();
      },
      { capture: true, passive: true },
    );

  /** @param {HTMLElement} button */
  function zoom({ dataset: { zoom: act, of: name = "" }, parentElement }) {
    const gd = dash_clientside.elements.findGraph(name);
    if (!gd?.layout.geo) return;
    if (act === "reset") {
      const home = parentElement?.dataset.home ?? '{"geo.projection.scale":1,"geo.center":null}';
      return Plotly.relayout(gd, JSON.parse(home));
    }
    const scale = scaleOf(gd) * (act === "in" ? STEP : 1 / STEP);
    const bounded = Math.min(Math.max(scale, SMALLEST), LARGEST);
    return Plotly.relayout(gd, { "geo.projection.scale": bounded });
  }
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("button");
    if (button && button.dataset.zoom !== undefined) zoom(button);
  });

  dash_clientside.map_zoom = { isForMap };
}
