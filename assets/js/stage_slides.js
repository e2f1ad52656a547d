// What the slides of the stage show: the answers that were fetched, one for each region the room may ask for, and each
// slide drawn from one of them. Figures come without raw colours and take those of the theme that is shown.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, showTips: false };
  const COLOUR = /var\(--([\w-]+)\)/g;
  const SQUARE = 1.5; // a canvas less wide than this for its height
  const LONGEST = 10_000; // for what nobody waits for

  /** @type {Map<string, {text: string, theme: string, answer: StageAnswer}>} */
  const answers = new Map();
  /** @type {WeakMap<StageAnswer, Map<string, StageFrames>>} */
  const framesOfAnswer = new WeakMap();
  /** @type {WeakMap<Element, {drawing: string, done: Promise<unknown>}>} */
  const shownIn = new WeakMap();
  /** @type {WeakMap<Element, {chart: StageDrawing, at: number, theme: string}>} */
  const figureIn = new WeakMap();
  /**
   * The drawing that each place is busy with: a map that is half there is not drawn over.
   * @type {WeakMap<Element, Promise<unknown>>}
   */
  const busyWith = new WeakMap();

  // ---- answers
  const theme = () => document.documentElement.dataset.theme ?? "";

  /**
   * The answer of a text, with colours and fonts of the theme for their names.
   * @param {string} text @returns {StageAnswer}
   */
  function read(text) {
    const style = getComputedStyle(document.documentElement);
    /** @type {Map<string, string>} */
    const known = new Map();
    /** @param {string} name */
    const valueOf = (name) => {
      const value = style.getPropertyValue(`--${name}`).trim().replaceAll('"', "'");
      known.set(name, value);
      return value;
    };
    return JSON.parse(text.replace(COLOUR, (_, name) => known.get(name) ?? valueOf(name)));
  }

  /** @param {string} query @returns {StageAnswer | undefined} */
  function answerOf(query) {
    const kept = answers.get(query);
    if (kept && kept.theme !== theme())
      Object.assign(kept, { theme: theme(), answer: read(kept.text) });
    return kept?.answer;
  }

  /** @param {string} query @param {string} text */
  const keep = (query, text) =>
    answers.set(query, { text, theme: theme(), answer: read(text) }) && undefined;

  /**
   * Asks for an answer somebody waits for; whether it is there now. An older question is given up.
   * @param {string} address without its query @param {string} query
   */
  async function ask(address, query) {
    if (answers.has(query)) return true;
    const reply = await dash_clientside.pending.ask(address + query, {}, "stage", true);
    if (reply.status !== 200) return false;
    keep(query, await reply.text());
    return true;
  }

  /** Fetches an answer that may be wanted later. @param {string} address @param {string} query */
  async function fetchAhead(address, query) {
    if (answers.has(query)) return;
    try {
      const reply = await fetch(address + query, { signal: AbortSignal.timeout(LONGEST) });
      if (reply.ok) keep(query, await reply.text());
    } catch {
      // it is asked for again when somebody wants it
    }
  }

  /**
   * What a slide shows of an answer, in the shape of a page's frames.
   * @param {StageAnswer} answer @param {number} n from 1 @param {boolean} isSquare
   * @returns {StageFrames}
   */
  function framesOf(answer, n, isSquare) {
    const made = framesOfAnswer.get(answer) ?? new Map(),
      key = `${n} ${isSquare}`;
    framesOfAnswer.set(answer, made);
    const found = made.get(key);
    if (found) return found;
    const slide = answer.slides[n - 1],
      view = answer.views[slide.view],
      square = isSquare ? view.square : undefined;
    const frames = {
      years: view.years,
      at: view.years[1] - view.years[0],
      graphs: {},
      charts: [],
      drawings: { ...view.charts, ...square?.charts },
      texts: { ...view.texts, ...slide.texts },
      ranking: view.ranking,
      over: square?.over ?? view.over,
      query: "",
      controls: {},
      kept: [],
      shapes: {},
      options: {},
      key: "",
      version: "",
      follows_year: true,
      start: slide.year,
      moves: slide.moves,
    };
    made.set(key, frames);
    return frames;
  }

  // ---- one slide
  /** Words between stars are strong. @param {HTMLElement} node @param {string} text */
  function say(node, text) {
    if (node.dataset.shown === text) return;
    node.dataset.shown = text;
    const parts = text.split("**").map((part, i) => {
      if (i % 2 === 0) return part;
      const strong = document.createElement("b");
      strong.textContent = part;
      return strong;
    });
    node.replaceChildren(...parts);
  }

  /** A square for each letter. @param {HTMLElement} node @param {string} letters */
  function drawSquares(node, letters) {
    if (node.dataset.shown === letters) return;
    node.dataset.shown = letters;
    node.replaceChildren(
      ...[...letters].map((kind) => {
        const square = document.createElement("i");
        square.className = `u-${kind}`;
        return square;
      }),
    );
  }

  /** A copy of a figure with the values of a year. @param {StageDrawing} chart @param {number} at */
  function figureAt({ figure, frames }, at) {
    const { data, layout } = structuredClone(figure);
    for (const [target, attributes] of Object.entries(frames))
      for (const [path, byYear] of Object.entries(attributes)) {
        let part = target === "layout" ? layout : data[Number(target)];
        const steps = path.split("."),
          last = steps.pop() ?? "";
        for (const step of steps) part = part[step] ??= {};
        part[last] = dash_clientside.frames.valueAt(byYear, at);
      }
    // a swipe over a map is one over the slide, and a map that was moved by chance would stay so for the whole talk
    return { data, layout: { ...layout, dragmode: false, autosize: true } };
  }

  /** @param {StageDrawing} a @param {StageDrawing} b */
  const isSameShape = (a, b) => a === b || (a.shape !== "" && a.shape === b.shape);

  /**
   * @param {PlotlyGraph} gd @param {StageDrawing} chart @param {number} at
   * @returns {Promise<unknown>}
   */
  async function drawFigure(gd, chart, at) {
    await window.Plotly;
    await busyWith.get(gd);
    const before = figureIn.get(gd);
    figureIn.set(gd, { chart, at, theme: theme() });
    if (before && before.theme === theme() && isSameShape(before.chart, chart)) {
      dash_clientside.figures.hideHoverLabel(gd);
      const changes = dash_clientside.frames.findChanges(
        before.chart.frames,
        before.at,
        chart.frames,
        at,
      );
      return dash_clientside.figures.applyChanges(gd, changes);
    }
    const { data, layout } = figureAt(chart, at);
    const drawn = Plotly.react(gd, data, layout, CONFIG);
    // boundaries did not come: the next time that the slide is shown they are asked for again
    busyWith.set(
      gd,
      drawn.catch(() => figureIn.delete(gd)),
    );
    if (!before)
      gd.on("plotly_click", (/** @type {any} */ event) => dash_clientside.stage.pickPoint(event));
    return drawn;
  }

  /**
   * Brings a slide to a year of its frames; resolves when it is drawn.
   * @param {HTMLElement} slide @param {StageFrames} frames @param {number} at @param {string} place "3 / 16"
   */
  function drawSlide(slide, frames, at, place) {
    const before = shownIn.get(slide);
    const drawing = [theme(), slide.clientWidth, slide.clientHeight, at].join();
    if (before?.drawing === drawing && lastFrames.get(slide) === frames) return before.done;
    lastFrames.set(slide, frames);
    const { findAll, write } = dash_clientside.elements,
      text = (/** @type {string | undefined} */ path) =>
        dash_clientside.frames.textAt(frames, path ?? "", at);
    dash_clientside.texts.showTexts(frames, at, slide);
    for (const node of findAll("[data-said]", slide)) say(node, text(node.dataset.said));
    for (const node of findAll("[data-squares]", slide))
      drawSquares(node, text(node.dataset.squares));
    dash_clientside.ranked_list.showRanking(frames, at, slide);
    dash_clientside.growth_overlay.showOverlay(frames, at, slide);
    for (const node of findAll(".at-year", slide))
      write(node, frames.moves ? String(frames.years[0] + at) : "");
    for (const node of findAll(".at", slide)) write(node, place);
    const gd = /** @type {PlotlyGraph | null} */ (slide.querySelector("[data-plot]")),
      chart = frames.drawings[slide.dataset.chart ?? ""];
    const done = gd && chart ? drawFigure(gd, chart, at) : Promise.resolve();
    shownIn.set(slide, { drawing, done });
    done.catch(() => shownIn.delete(slide));
    return done;
  }
  /** @type {WeakMap<Element, StageFrames>} */
  const lastFrames = new WeakMap();

  /** Drawn figures take the size of their slides. @param {HTMLElement[]} slides */
  async function resize(slides) {
    const graphs = slides.map((slide) => slide.querySelector("[data-plot]"));
    await Promise.all(
      graphs.map(
        (gd) => gd && figureIn.has(gd) && Plotly.Plots.resize(/** @type {PlotlyGraph} */ (gd)),
      ),
    );
  }

  dash_clientside.stage_slides = {
    SQUARE,
    answerOf,
    ask,
    fetchAhead,
    framesOf,
    drawSlide,
    resize,
    figureAt,
    isSameShape,
  };
}
