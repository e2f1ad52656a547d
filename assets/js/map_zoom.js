// When a wheel or finger means the map and not the page. The wheel scrolls the page; it zooms with Ctrl, or after a
// click into the map until the pointer leaves it, and passes at the smallest scale. One finger scrolls, two zoom.
// Before somebody zooms, the map shows as much of the world as its place has room for.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const STEP = 1.5,
    SMALLEST = 0.7,
    LARGEST = 12,
    // how far from the shape it is made for a place may be before the map is drawn a second time for it
    SLACK = 1.15;
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

  /** @param {[number, number]} range @param {number} times @param {[number, number]} most */
  function widen([low, high], times, [least, greatest]) {
    const more = ((high - low) * (times - 1)) / 2;
    return [Math.max(low - more, least), Math.min(high + more, greatest)];
  }

  /**
   * What of the world fills a place: more to the north and south of a taller one, to the east and west of a wider one.
   * Plotly fits the corners of what it is given; the farther they are from the equator, the more longitudes they have
   * to be apart, or the map would be cut at its sides.
   * @param {WorldFrame} world @param {number} width @param {number} height
   */
  function rangesFor({ lon, lat, most_lon, most_lat, degree, narrowing }, width, height) {
    const room = ((lon[1] - lon[0]) * degree * height) / width,
      times = room / (lat[1] - lat[0]);
    if (times < SLACK && times > 1 / SLACK) return { lon, lat };
    const more = times > 1 ? widen(lat, times, most_lat) : lat,
      corner = Math.min(Math.abs(more[0]), Math.abs(more[1]));
    const apart = Math.max(1, 1 / times) / (1 - narrowing * corner ** 2);
    return { lon: widen(lon, apart, most_lon), lat: more };
  }

  /** @param {PlotlyGraph} gd */
  function isMoved({ layout: { geo } }) {
    return (
      (geo.projection?.scale ?? 1) !== 1 || (geo.center?.lat ?? geo.center?.lon ?? null) !== null
    );
  }

  /** Where somebody zoomed or moved the map, it stays. @param {PlotlyGraph} gd */
  async function fillPlace(gd) {
    const { layout } = gd;
    /** @type {WorldFrame | undefined} */
    const world = layout?.meta?.world;
    if (!world || isMoved(gd)) return;
    // as Plotly wrote it: to measure would lay out the page once more in the middle of a change
    const drawing = gd.querySelector(".main-svg"),
      [width, height] = ["width", "height"].map((name) => Number(drawing?.getAttribute(name)));
    if (!width || !height) return;
    const { lon, lat } = rangesFor(world, width, height),
      { isSame } = dash_clientside.frames;
    if (isSame(layout.geo.lonaxis.range, lon) && isSame(layout.geo.lataxis.range, lat)) return;
    // of a relayout Dash would be told, and draw the map once more
    await Plotly.update(gd, {}, { "geo.lonaxis.range": lon, "geo.lataxis.range": lat });
  }

  /** Graphs that are followed. @type {WeakSet<PlotlyGraph>} */
  const followed = new WeakSet();
  /**
   * A map of the world that is drawn fills its place, and does again in another.
   * @param {PlotlyGraph} gd
   */
  function keepFilled(gd) {
    if (!followed.has(gd)) gd.on("plotly_afterplot", () => fillPlace(gd));
    followed.add(gd);
    return fillPlace(gd);
  }

  dash_clientside.map_zoom = { isForMap, keepFilled };
}
