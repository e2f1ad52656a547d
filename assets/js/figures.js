// Graphs that are drawn, brought from year to year. Each remembers what it shows, because an answer may come while the
// year moves on, and Dash draws the new figure some time after the script has its frames.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const LOOK_AGAIN = 20;

  /**
   * What each graph shows. While a new figure is awaited, `data` is what it is still to replace; `before` is what the
   * graph had when the newest answer came.
   * @type {Map<string, {frames: GraphFrames, at: number, data?: unknown, before?: unknown, isAwaited: boolean}>}
   */
  const shown = new Map();
  let turn = 0;

  /**
   * One Plotly.update for all traces, but for looks of maps.
   * @param {PlotlyGraph} gd @param {[string, Attributes][]} changes
   * @returns {Promise<unknown>}
   */
  function applyChanges(gd, changes) {
    /** @type {Record<string, unknown[]>} */
    const traces = {};
    /** @type {Attributes} */
    const layout = {};
    let isUpdated = false;
    for (const [target, attributes] of changes) {
      if (target === "layout") Object.assign(layout, attributes);
      else if (dash_clientside.map_style.applyLooks(gd, Number(target), attributes)) continue;
      else
        for (const [name, value] of Object.entries(attributes))
          (traces[name] ??= Array(gd.data.length).fill(undefined))[Number(target)] = value;
      isUpdated = true;
    }
    if (isUpdated) return Plotly.update(gd, traces, layout);
    if (changes.length) gd.emit("plotly_afterplot");
    return Promise.resolve();
  }

  /** A label says the number of the year in which the pointer came: it goes. @param {PlotlyGraph} gd */
  function hideHoverLabel(gd) {
    if (gd.querySelector(".hoverlayer")?.childElementCount) Plotly.Fx?.unhover(gd);
  }

  const lookAgain = () => new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));

  /**
   * A graph has its data before Plotly has drawn them, and a map its countries after that. Dash marks it until then,
   * and a little longer at first, while it takes the graph's size; what is drawn by then says so.
   * @param {PlotlyGraph} gd
   */
  async function waitUntilDrawn(gd) {
    let isDrawn = false;
    gd.once("plotly_afterplot", () => (isDrawn = true));
    while (!isDrawn && gd.classList.contains("dash-graph--pending")) await lookAgain();
  }

  /**
   * @param {string} name @param {GraphFrames} frames @param {number} at @param {number} mine
   * @returns {Promise<unknown>}
   */
  async function bring(name, frames, at, mine) {
    const state = shown.get(name);
    let gd = dash_clientside.elements.findGraph(name);
    while (state?.isAwaited && (!gd || gd.data === state.data)) {
      if (!document.getElementById(name)) return;
      // on a phone Plotly may be seconds away: until then there is nothing to look for. It begins to draw as soon as it
      // is there, and takes a moment
      await window.Plotly;
      await lookAgain();
      if (mine !== turn) return;
      gd = dash_clientside.elements.findGraph(name);
    }
    if (!state || !gd) return;
    if (state.isAwaited) await waitUntilDrawn(gd);
    if (mine !== turn) return;
    hideHoverLabel(gd);
    const changes = dash_clientside.frames.findChanges(state.frames, state.at, frames, at);
    Object.assign(state, { frames, at, data: gd.data, isAwaited: false });
    await dash_clientside.map_zoom.keepFilled(gd);
    return applyChanges(gd, changes);
  }

  /**
   * Shows a year in every graph; resolves when they are drawn.
   * @param {Frames} frames @param {number} at @param {Frames | null} before the frames shown until now
   */
  function showFigures(frames, at, before) {
    const mine = ++turn;
    /** @type {Promise<unknown>[]} */
    const drawings = [];
    for (const [name, graph] of Object.entries(frames.graphs)) {
      const state = shown.get(name);
      const isKept = frames === before || (frames.kept.includes(name) && before !== null);
      // Dash may have drawn the new figure already: it has other data than the last one that was seen here
      if (!state || !isKept)
        shown.set(name, {
          frames: graph,
          at: frames.at,
          data: state && "before" in state ? state.before : state?.data,
          isAwaited: true,
        });
      drawings.push(bring(name, graph, at, mine));
    }
    return Promise.all(drawings);
  }

  /**
   * An answer has come, and Dash does not have it yet: what graphs have now is of an older one. Without this a figure
   * that is drawn before its frames are shown could be taken for the one before, and waited for for ever.
   */
  function rememberFigures() {
    for (const [name, state] of shown)
      state.before = dash_clientside.elements.findGraph(name)?.data;
  }

  /** Graphs of a part of the page that is seen again take its size. @param {ParentNode} part */
  function resizeFigures(part) {
    for (const node of dash_clientside.elements.findAll(".js-plotly-plot", part)) {
      const gd = /** @type {PlotlyGraph} */ (node);
      if (gd.data && gd.clientWidth) Plotly.Plots.resize(gd);
    }
  }

  dash_clientside.figures = {
    showFigures,
    rememberFigures,
    applyChanges,
    hideHoverLabel,
    resizeFigures,
  };
}
