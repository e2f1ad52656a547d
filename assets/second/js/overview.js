// The clientside callbacks of the overview: a year, or an answer, is put wherever the page shows it.
"use strict";
var dash_clientside = dash_clientside || {};
{
  /** @type {Frames | null} */
  let shown = null;
  let turn = 0;

  /** Figures that wait for somebody on a narrow screen are not waited for. */
  const isPlotlyHere = () => !(window.Plotly instanceof Promise);

  /** @param {Promise<unknown>} drawn */
  async function tellWhenReady(drawn) {
    const mine = ++turn;
    document.body.dataset.ready = "false";
    if (isPlotlyHere() || !document.documentElement.dataset.narrow) await drawn;
    else if (!matchMedia(document.documentElement.dataset.narrow).matches) await drawn;
    if (mine === turn && !dash_clientside.pending.isAsking()) document.body.dataset.ready = "true";
  }

  /**
   * Shows a year; gives the style of the slider's track.
   * @param {string} text the JSON of the store @param {number | string} year
   */
  function showYear(text, year) {
    if (!text) return window.dash_clientside.no_update;
    const frames = dash_clientside.frames.parse(text),
      before = shown,
      at = dash_clientside.frames.positionOf(frames, year),
      [first, last] = frames.years;
    shown = frames;
    dash_clientside.controls.use(frames, first + at);
    tellWhenReady(dash_clientside.figures.showFigures(frames, at, before));
    if (frames !== before) dash_clientside.filter_bar.showChoice(frames);
    dash_clientside.filter_bar.showSlider(frames, first + at);
    dash_clientside.texts.showTexts(frames, at);
    dash_clientside.sparklines.showSparklines(frames, at);
    dash_clientside.ranked_list.showRanking(frames, at);
    dash_clientside.growth_overlay.showOverlay(frames, at);
    const inAddress = first + at === last ? null : first + at;
    dash_clientside.address.show(frames.query, inAddress, frames !== before);
    dash_clientside.announcements.announceChange();
    dash_clientside.cards.followTable();
    dash_clientside.theme.askForLook();
    dash_clientside.first_text.removeFirstText();
    return { "--at": at / Math.max(last - first, 1) };
  }

  /** What a click on a map names: its location, else the first of its customdata. @param {any} click */
  function codeOf(click) {
    const point = click?.points?.[0];
    return String(point?.location ?? [point?.customdata].flat()[0] ?? "");
  }

  /** @param {RegExp} pattern @param {unknown} nothing */
  const pick = (pattern, nothing) => (/** @type {any} */ click, /** @type {unknown} */ now) => {
    const code = codeOf(click);
    if (!pattern.test(code)) return window.dash_clientside.no_update;
    return code === now ? nothing : code;
  };

  /** Clicks on maps choose a country (codes of three letters) or a state (two). */
  const pickArea = pick(/^[A-Z]{3}$/, "");
  const pickState = (/** @type {any} */ click, /** @type {unknown} */ now) =>
    pick(/^[A-Z]{2}$/, shown?.controls.state?.empty ?? "any")(click, now);

  /** A click of Plotly on growth, where no overlay takes the press itself. @param {any} click */
  function pickYear(click) {
    const hasOverlay = dash_clientside.elements.find("over") !== null && shown?.over;
    const year = Math.round(Number(click?.points?.[0]?.x));
    return hasOverlay || !year ? window.dash_clientside.no_update : year;
  }

  dash_clientside.overview = { showYear, pickArea, pickState, pickYear };
}
