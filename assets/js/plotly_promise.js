// dcc.Graph takes window.Plotly, which may be a promise of it. Text comes first: on a narrow screen, which is mostly a
// phone's, Plotly is asked for when somebody touches the page, or after ten seconds. A frame of another site is narrow
// on any screen, and shows nothing but its figure. The document says where it is.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const SIGNS = ["pointerdown", "touchstart", "wheel", "scroll", "keydown", "beforeprint"];
  const LONGEST_WAIT = 10_000;
  const PAUSES = [500, 2_000, 5_000, 15_000]; // before it is asked for again

  /** @returns {Promise<void>} */
  const firstSignOfLife = () =>
    new Promise((resolve) => {
      const come = () => resolve();
      for (const sign of SIGNS)
        addEventListener(sign, come, { once: true, capture: true, passive: true });
      setTimeout(come, LONGEST_WAIT);
    });

  /** @param {string} address @returns {Promise<void>} */
  const loadScript = (address) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", () => resolve());
      script.addEventListener("error", () => {
        script.remove();
        reject(new Error(`not loaded: ${address}`));
      });
      document.head.append(script);
    });

  /** @param {string} address @returns {Promise<PlotlyFunctions>} */
  async function loadPlotly(address) {
    for (const pause of PAUSES) {
      try {
        await loadScript(address);
        return Plotly;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    await loadScript(address);
    return Plotly;
  }

  const { plotly, narrow } = document.documentElement.dataset;
  if (plotly && !window.Plotly) {
    const isNarrow = narrow !== undefined && parent === window && matchMedia(narrow).matches;
    window.Plotly = (isNarrow ? firstSignOfLife() : Promise.resolve()).then(() =>
      loadPlotly(plotly),
    );
  }

  dash_clientside.plotly_promise = {};
}
