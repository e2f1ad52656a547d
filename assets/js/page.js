// The clientside callback of every page: a year, or an answer, is put wherever the page shows it.
"use strict";
var dash_clientside = dash_clientside || {};
{
  /** @type {Frames | null} */
  let shown = null;
  let turn = 0;
  const { COMPONENTS } = dash_clientside.elements;

  /** Whether Plotly is loaded. On a narrow screen it waits for a touch, and the page is ready without it. */
  const isPlotlyHere = () => !(window.Plotly instanceof Promise);

  /** @param {Promise<unknown>} drawn */
  async function tellWhenReady(drawn) {
    const mine = ++turn;
    document.body.dataset.ready = "false";
    if (isPlotlyHere() || !document.documentElement.dataset.narrow) await drawn;
    else if (!matchMedia(document.documentElement.dataset.narrow).matches) await drawn;
    if (mine === turn && !dash_clientside.pending.isAsking()) document.body.dataset.ready = "true";
  }

  /** Whether Dash calls because an answer is in the store, and not for another year. */
  const isAnswer = () =>
    (window.dash_clientside.callback_context?.triggered ?? []).some(
      ({ prop_id }) => prop_id === `${COMPONENTS.frames}.data`,
    );

  /**
   * The year that the address says: of a page that shows all years, what it was given.
   * @param {Frames} frames @param {number} year
   */
  function yearOfAddress(frames, year) {
    if (frames.follows_year) return year === frames.years[1] ? null : year;
    return Number(new URLSearchParams(location.search).get("year")) || null;
  }

  /**
   * Shows a year.
   * @param {string} text the JSON of the store @param {number | string | undefined} year of the slider, where there is
   * one
   */
  function showYear(text, year) {
    if (!text) return window.dash_clientside.no_update;
    const frames = dash_clientside.frames.parse(text),
      before = shown,
      // at the last year of one basis, a change of basis goes to the last year of the other
      isAtLast =
        before !== null &&
        frames !== before &&
        dash_clientside.choice.shownYear() === before.years[1],
      // a page without a slider stands at the year that it was asked for
      asked = year ?? frames.years[0] + frames.at,
      at = dash_clientside.frames.positionOf(frames, isAtLast ? frames.years[1] : asked),
      shownYear = frames.years[0] + at;
    shown = frames;
    dash_clientside.choice.use(frames, shownYear, null, isAnswer());
    if (isAtLast && dash_clientside.elements.find("year") && Number(year) !== shownYear)
      dash_clientside.elements.setProperty(dash_clientside.elements.IDS.year, shownYear, "value");
    tellWhenReady(dash_clientside.figures.showFigures(frames, at, before));
    if (frames !== before) dash_clientside.filter_bar.showChoice(frames);
    dash_clientside.filter_bar.showSlider(frames, shownYear);
    dash_clientside.texts.showTexts(frames, at);
    dash_clientside.sparklines.showSparklines(frames, at);
    dash_clientside.ranked_list.showRanking(frames, at);
    dash_clientside.growth_overlay.showOverlay(frames, at);
    dash_clientside.address.show(frames.query, yearOfAddress(frames, shownYear), frames !== before);
    dash_clientside.announcements.announceChange();
    dash_clientside.cards.followTables();
    if (frames !== before) dash_clientside.newer_data.compareVersion(frames.version);
    if (before === null) dash_clientside.story.showList();
    dash_clientside.theme.askForLook();
    dash_clientside.shortlist.show();
    dash_clientside.first_text.removeFirstText();
    if (before === null) dash_clientside.links.showPlace(location.hash);
    return shownYear;
  }

  dash_clientside.page = { showYear };
}
