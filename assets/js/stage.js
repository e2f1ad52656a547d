// The stage: slides that are all in the page, drawn ahead, moved by keys. What a slide shows comes in one answer for
// each region that the room may ask for, so that nothing has to be fetched while somebody speaks. What is shown never
// depends on what can be written: the address follows when the hand rests.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const { findAll } = dash_clientside.elements;
  const CHANNEL = "ipi-stage";
  const KEPT_PLACE = "stage-at";
  const MAGNIFIED = 2.2; // figures are drawn in the letters of a desk
  const CANVAS = { tall: 720, narrowest: 1024 };
  const MINE = "mine";
  const LONGEST = 10_000; // for a figure

  const asked = new URLSearchParams(location.search);
  const isPresenter = asked.has("presenter"),
    isMine = asked.get("story") === MINE;
  const keptPlace = KEPT_PLACE + (isMine ? `-${MINE}` : "");
  /**
   * What is shown: a country belongs to the slide it was pressed on, a region to all; `years` by slide.
   * @type {StageState}
   */
  const state = { at: 1, region: "", country: "", years: {}, isBlack: false };
  /** @type {HTMLElement} */
  let stage;
  /** @type {HTMLElement[]} */
  let slides = [];

  // ---- what is shown
  /** @param {{region?: string, country?: string}} place */
  function queryOf({ region = "", country = "" }) {
    const search = new URLSearchParams(country ? { country } : region ? { region } : {});
    return search.size ? `?${search}` : "";
  }
  /** Where answers come from, and the query of the one that is always there. */
  const source = () =>
    isMine
      ? { address: stage.dataset.views ?? "", query: queryOfCollected() }
      : { address: stage.dataset.frames ?? "", query: "" };
  const isSquare = () =>
    slides[0].clientWidth / Math.max(slides[0].clientHeight, 1) <
    dash_clientside.stage_slides.SQUARE;

  /** @param {number} n */
  function framesOf(n) {
    const { answerOf, framesOf: of } = dash_clientside.stage_slides;
    const queries = [
      queryOf({ region: state.region, country: n === state.at ? state.country : "" }),
      queryOf({ region: state.region }),
    ];
    const answer = answerOf(queries[0]) ?? answerOf(queries[1]) ?? answerOf(source().query);
    if (!answer) throw new Error("no answer yet");
    if (isMine && !titled.has(answer)) putTitles(answer);
    return of(answer, n, isSquare());
  }

  /** @param {number} n */
  function yearOf(n, frames = framesOf(n)) {
    const [first, last] = frames.years;
    return Math.min(Math.max(state.years[n] ?? frames.start ?? last, first), last);
  }

  /** @param {number} n */
  function draw(n) {
    const frames = framesOf(n),
      at = yearOf(n, frames) - frames.years[0];
    const place = (stage.dataset.of ?? "")
      .replace("{at}", String(n))
      .replace("{all}", String(slides.length));
    return dash_clientside.stage_slides.drawSlide(slides[n - 1], frames, at, place);
  }

  /** The boundaries of a map may never come: nothing else waits for it then. @param {Promise<unknown>} drawing */
  const inTime = (drawing) =>
    Promise.race([
      drawing,
      new Promise((_, fail) => setTimeout(() => fail(new Error("not drawn in time")), LONGEST)),
    ]);

  let turn = 0;
  async function show() {
    const mine = ++turn,
      n = state.at,
      frames = framesOf(n),
      year = yearOf(n, frames);
    document.body.dataset.ready = "false";
    slides.forEach((slide, i) => {
      const isOn = i + 1 === n;
      slide.classList.toggle("on", isOn);
      slide.classList.toggle("coming", isPresenter && i === n);
      slide.inert = !isOn;
      slide.setAttribute("aria-hidden", String(!isOn));
    });
    document.body.dataset.slide = String(n);
    stage.style.setProperty("--part", String(n / slides.length));
    const black = /** @type {HTMLElement | null} */ (document.querySelector(".black"));
    if (black) black.hidden = !state.isBlack || isPresenter;
    dash_clientside.choice.use(frames, year, { setYear, toggle: pick });
    if (isPresenter) {
      place();
      const at = year - frames.years[0],
        { textAt } = dash_clientside.frames;
      const notes = textAt(frames, "slide.notes", at);
      dash_clientside.stage_presenter.show(
        notes,
        textAt(frames, "slide.notes_lang", at),
        state.isBlack,
      );
    }
    remember();
    // the words of a slide whose figure cannot be drawn are there, and the talk goes on
    await inTime(draw(n)).catch((error) => console.warn(error));
    if (mine !== turn) return;
    document.body.dataset.ready = "true";
    dash_clientside.announcements.announceChange();
    drawAhead();
  }

  /** @param {() => void} act */
  const whenIdle = (act) =>
    "requestIdleCallback" in window
      ? requestIdleCallback(act, { timeout: 400 })
      : setTimeout(act, 30);
  let isAhead = false;
  /** The slides a press can lead to first, then all others, each when the browser has time. */
  function drawAhead() {
    if (isAhead) return;
    isAhead = true;
    const distance = (/** @type {number} */ n) => Math.abs(n - state.at - 0.4);
    const order = slides.map((_, i) => i + 1).sort((a, b) => distance(a) - distance(b));
    const step = () => {
      const n = order.shift();
      const goOn = () => whenIdle(step);
      if (n) return inTime(draw(n)).then(goOn, goOn);
      isAhead = false;
      document.body.dataset.ahead = "true";
    };
    whenIdle(() => {
      slides.forEach((slide, i) =>
        slide.classList.toggle("near", Math.abs(i + 1 - state.at) === 1),
      );
      step();
    });
  }

  /**
   * Writes where the talk stands into the address, and into the tab's storage: whoever leaves the stage and comes back
   * goes on at the same slide of the same story.
   */
  function remember() {
    const search = new URLSearchParams();
    for (const name of ["story", "presenter"])
      if (asked.has(name)) search.set(name, asked.get(name) ?? "");
    search.set("slide", String(state.at));
    if (state.region) search.set("region", state.region);
    if (state.years[state.at] !== undefined) search.set("year", String(state.years[state.at]));
    dash_clientside.address.replace(`?${search}`);
    if (isPresenter) return;
    const { at, region, years } = state;
    try {
      const { query } = source();
      sessionStorage.setItem(keptPlace, JSON.stringify({ at, region, years, query }));
    } catch {
      // it begins at the first slide then
    }
  }

  // ---- what a press does
  /** Counts wishes, so that an answer which comes after a later wish is not shown. */
  let wish = 0;
  /** @param {Partial<StageState>} what @param {boolean} isHeard whether the other window said it */
  function change(what, isHeard = false) {
    const isElsewhere = ["region", "country"].some(
      (name) =>
        name in what &&
        what[/** @type {"region"} */ (name)] !== state[/** @type {"region"} */ (name)],
    );
    if (isElsewhere || (!isHeard && ("region" in what || "country" in what))) wish += 1;
    // a hand in the other window ends it here: played in both, years would run twice as fast
    if (isHeard) dash_clientside.playback.stop();
    if (what.at !== undefined && what.at !== state.at) {
      dash_clientside.playback.stop();
      tell("");
      what.country ??= "";
    }
    Object.assign(state, what);
    if (!isHeard) dash_clientside.stage_presenter.tell(state);
    return show();
  }

  /** @param {number} n */
  function go(n) {
    if (state.isBlack) return change({ isBlack: false });
    const at = Math.min(Math.max(n, 1), slides.length);
    return at === state.at ? undefined : change({ at });
  }

  /** @param {number} wanted */
  function setYear(wanted) {
    const frames = framesOf(state.at),
      [first, last] = frames.years;
    const year = Math.min(Math.max(wanted, first), last);
    if (frames.moves && year !== yearOf(state.at, frames))
      change({ years: { ...state.years, [state.at]: year } });
  }
  /** @param {number} by */
  const moveYear = (by) => setYear(yearOf(state.at) + by);

  function play() {
    if (!slides[state.at - 1].querySelector("[data-act=play]")) return;
    dash_clientside.playback.toggle();
    dash_clientside.stage_presenter.tell(state);
  }

  /** A place that was asked for, when its answer is there. @param {{region?: string, country?: string}} what */
  async function ask(what) {
    const mine = ++wish,
      n = state.at;
    const isHere = await dash_clientside.stage_slides.ask(source().address, queryOf(what));
    if (mine !== wish) return;
    if (isHere && !(what.country && state.at !== n)) return change(what);
    document.body.dataset.ready = "true";
  }

  /** @param {string} name */
  function chooseRegion(name) {
    const dialog = document.getElementById("stage-regions");
    if (dialog instanceof HTMLDialogElement) dialog.close();
    if (!isMine) ask({ region: name, country: "" });
  }

  /** What is known of a country, as the figure that is drawn says it, or the list. @param {string} code */
  function textOf(code) {
    const gd = /** @type {PlotlyGraph | null} */ (
      slides[state.at - 1].querySelector("[data-plot]")
    );
    for (const { type, customdata, text } of gd?.data ?? []) {
      const at = type === "choropleth" && Array.isArray(text) ? customdata?.indexOf(code) : -1;
      if (at >= 0) return text[at];
    }
    const frames = framesOf(state.at),
      row = frames.ranking?.keys.indexOf(code) ?? -1;
    if (!frames.ranking || row < 0) return "";
    const numbers = dash_clientside.frames.valueAt(
      frames.ranking.numbers,
      yearOf(state.at, frames) - frames.years[0],
    );
    return `${frames.ranking.names[row]}<br>${numbers[row]}`;
  }

  /**
   * A place was pressed: what is known of it in large, and the map of it where that can be had.
   * @param {string} name @param {string} value
   */
  function pick(name, value) {
    if (name === "region") return chooseRegion(state.region === value ? "" : value);
    if (name !== "country") return;
    if (state.country === value) {
      tell("");
      return change({ country: "" });
    }
    tell(textOf(value));
    if (slides[state.at - 1].dataset.chart === "map" && !isMine) ask({ country: value });
  }

  /** A click on a figure: its trace says what its points choose. @param {any} event */
  function pickPoint(event) {
    const point = event?.points?.[0],
      value = String([point?.customdata].flat()[0] ?? point?.location ?? "");
    const name = point?.data?.meta?.set ?? (/^[A-Z]{3}$/.test(value) ? "country" : "");
    if (name && value) pick(name, value);
  }

  /** A sentence in the corner, lines parted by <br>; nothing takes it away. @param {string} markup */
  function tell(markup) {
    const box = /** @type {HTMLElement | null} */ (document.querySelector(".stage-told"));
    if (!box) return;
    box.hidden = !markup;
    const lines = markup.replace(/<\/?b>/g, "").split("<br>");
    box.replaceChildren(
      ...lines.map((text, i) => {
        const line = document.createElement(i ? "span" : "b");
        line.textContent = text;
        return line;
      }),
    );
  }

  // ---- the rest of the keys
  /**
   * The whole story as a file, each slide in the year it stands at. Files are light, and so are the pictures in them.
   */
  async function save() {
    const box = /** @type {HTMLElement | null} */ (document.querySelector(".stage-told"));
    const { making = "", made = "", failed = "" } = box?.dataset ?? {};
    const wasDark = document.documentElement.dataset.theme === "dark";
    const help = document.getElementById("stage-help");
    if (help instanceof HTMLDialogElement) help.close();
    tell(making);
    try {
      if (state.country) await change({ country: "" });
      tell(making);
      if (wasDark) await switchTheme();
      const drawn = await Promise.allSettled(slides.map((_, i) => inTime(draw(i + 1))));
      const isDrawn = drawn.map(({ status }) => status === "fulfilled");
      const pictures = await dash_clientside.stage_file.takePictures(slides, isDrawn);
      if (wasDark) await switchTheme();
      const address = isMine
        ? stage.dataset.viewsFile
        : stage.dataset.file + queryOf({ region: state.region });
      const views = isMine ? collected : [];
      await dash_clientside.stage_file.save(
        address ?? "",
        { years: state.years, pictures, views },
        "story.pptx",
      );
      tell(made);
    } catch (error) {
      console.warn(error);
      if (wasDark !== (document.documentElement.dataset.theme === "dark")) await switchTheme();
      tell(failed);
    }
  }

  function switchTheme() {
    const root = document.documentElement;
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    return show();
  }

  async function toggleFullScreen() {
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await document.documentElement.requestFullscreen?.();
    } catch {
      // the browser may forbid it; the stage stays as it is
    }
  }

  /** @param {string} id */
  function openDialog(id) {
    const wanted = document.getElementById(id);
    for (const other of document.querySelectorAll("dialog[open]"))
      if (other !== wanted && other instanceof HTMLDialogElement) other.close();
    if (!(wanted instanceof HTMLDialogElement)) return;
    if (wanted.open) wanted.close();
    else wanted.showModal();
  }

  async function leave() {
    if (isPresenter) return window.close();
    if (await dash_clientside.offline.isAway(stage)) return; // there is nowhere to go without the server
    let from = dash_clientside.languages.follow(stage.dataset.home ?? "/");
    try {
      const url = new URL(document.referrer);
      if (url.origin === location.origin && url.pathname !== location.pathname) from = url.href;
    } catch {
      // opened by hand
    }
    dash_clientside.address.flush();
    location.href = from;
  }

  function escape() {
    // the button of a clicker that F5 and Esc take turns on
    if (document.fullscreenElement) return document.exitFullscreen();
    const box = /** @type {HTMLElement | null} */ (document.querySelector(".stage-told"));
    if ((box && !box.hidden) || state.country || dash_clientside.pending.isAsking()) {
      tell("");
      wish += 1;
      dash_clientside.pending.giveUp("stage");
      document.body.dataset.ready = "true";
      if (state.country) return change({ country: "" });
      return;
    }
    if (state.isBlack) return change({ isBlack: false });
    leave();
  }

  function openPresenter() {
    const search = new URLSearchParams({ presenter: "1", slide: String(state.at) });
    if (isMine) search.set("story", MINE);
    const query = dash_clientside.languages.keep(`?${search}`);
    window.open(location.pathname + query, CHANNEL, "popup,width=1280,height=800");
  }

  /** @type {Record<string, () => unknown>} */
  const ACTS = {
    next: () => go(state.at + 1),
    back: () => go(state.at - 1),
    first: () => go(1),
    last: () => go(slides.length),
    full: toggleFullScreen,
    black: () => change({ isBlack: !state.isBlack }),
    notes: openPresenter,
    help: () => openDialog("stage-help"),
    region: () => openDialog("stage-regions"),
    later: () => moveYear(1),
    earlier: () => moveYear(-1),
    play,
    theme: switchTheme,
    save,
    leave: escape,
    restart: () => dash_clientside.stage_presenter.restart(),
  };
  // ---- the size of a slide: one unit is a pixel of a canvas 720 high that is at least 1024 wide
  /** @param {number} wide @param {number} tall */
  const unitOf = (wide, tall) => Math.min(tall / CANVAS.tall, wide / CANVAS.narrowest);

  function place() {
    const whole = [0, 0, innerWidth, innerHeight];
    const boxes = isPresenter
      ? dash_clientside.stage_presenter.boxes()
      : { on: whole, coming: whole };
    slides.forEach((slide, i) => {
      const [start, top, wide, tall] = i + 1 === state.at ? boxes.on : boxes.coming,
        unit = unitOf(wide, tall);
      slide.style.insetInlineStart = `${start}px`;
      slide.style.top = `${top}px`;
      slide.style.width = `${wide}px`;
      slide.style.height = `${tall}px`;
      slide.style.setProperty("--u", `${unit}px`);
      slide.style.setProperty("--k", String(unit * MAGNIFIED));
      slide.classList.toggle("square", wide / tall < dash_clientside.stage_slides.SQUARE);
    });
    document.body.style.setProperty("--u", `${unitOf(innerWidth, innerHeight)}px`);
  }

  async function refresh() {
    place();
    document.body.dataset.ahead = "false";
    await dash_clientside.stage_slides.resize(slides);
    await show();
  }

  async function stayAwake() {
    try {
      if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen");
    } catch {
      // the system decides
    }
  }

  // ---- collected views
  /**
   * The views of the visitor's own story as it was when the stage began: another tab may change it meanwhile. Their
   * titles and notes stay in this browser.
   * @type {ReturnType<typeof dash_clientside.story.read>}
   */
  let collected = [];

  function queryOfCollected() {
    const search = new URLSearchParams();
    for (const { chart, view } of collected) {
      search.append("chart", chart);
      search.append("view", view);
    }
    return `?${search}`;
  }

  /** A slide for each, copied from that of its chart. */
  function buildCollected() {
    const models = document.getElementById("stage-models");
    if (!(models instanceof HTMLTemplateElement)) return;
    collected = dash_clientside.story.read();
    const made = collected.map(({ chart }) =>
      models.content.querySelector(`[data-chart="${CSS.escape(chart)}"]`)?.cloneNode(true),
    );
    stage.replaceChildren(...made.filter((slide) => slide instanceof Node));
  }

  /** Answers with the titles in them. @type {WeakSet<StageAnswer>} */
  const titled = new WeakSet();
  /** What a visitor wrote stands in the place of what the chart says. @param {StageAnswer} answer */
  function putTitles(answer) {
    titled.add(answer);
    collected.forEach(({ title, notes }, i) => {
      const texts = answer.slides[i]?.texts;
      // the headline of a chart that has nothing to draw says so: under another title it is said below
      if (texts && title)
        Object.assign(texts, { "slide.headline": title, "slide.message": texts["slide.instead"] });
      if (texts) texts["slide.notes"] = notes ?? "";
    });
  }

  // ---- the beginning
  function isReload() {
    const [entry] = performance.getEntriesByType("navigation");
    return entry instanceof PerformanceNavigationTiming && entry.type === "reload";
  }

  /**
   * Where to begin: as the address says; without it, and after a reload (an address is written a moment later), the
   * story goes on where it was left, in the years and the region of then.
   */
  function startPlace() {
    const isAgain = isReload();
    const said = {
      at: Number.parseInt(asked.get("slide") ?? "", 10) || undefined,
      region: asked.get("region") ?? undefined,
    };
    const year = /^\d{4}$/.test(asked.get("year") ?? "") ? Number(asked.get("year")) : undefined;
    let left = /** @type {Partial<StageState> & {query?: string}} */ ({});
    try {
      if (!isPresenter && (isAgain || !said.at))
        left = JSON.parse(sessionStorage.getItem(keptPlace) ?? "{}") ?? {};
      if (left.query !== source().query) left = {}; // slides of other views have other years
    } catch {
      // it begins as the address says, or at the first slide
    }
    const [first, second] = isAgain ? [left, said] : [said, left];
    const wanted = first.at ?? second.at ?? 1,
      at = Math.min(Math.max(wanted, 1), slides.length);
    const years = { ...left.years };
    if (year !== undefined && !(isAgain && left.years)) years[at] = year;
    return { at, years, region: first.region ?? second.region ?? "" };
  }

  /** The regions that the room may ask for. */
  const offeredRegions = () =>
    findAll("[data-region]")
      .map(({ dataset }) => dataset.region ?? "")
      .filter(Boolean);

  /**
   * What the other window shows: at once, and again when an answer has come that was not here yet.
   * @param {StageState} shown
   */
  async function follow(shown) {
    const { answerOf, fetchAhead } = dash_clientside.stage_slides;
    const queries = [queryOf({ region: shown.region }), queryOf(shown)],
      missing = isMine ? [] : queries.filter((query) => !answerOf(query));
    await change(shown, true);
    for (const query of new Set(missing)) await fetchAhead(source().address, query);
    if (missing.length) await show();
  }

  async function begin() {
    document.body.dataset.ready = "false";
    if (isMine) buildCollected();
    slides = findAll(":scope > .slide", stage);
    document.body.dataset.slides = String(slides.length);
    if (isPresenter) document.body.dataset.presenter = "";
    if (!slides.length) {
      document.body.dataset.slide = "0";
      document.body.dataset.ready = "true";
      return;
    }
    const { at, years, region } = startPlace();
    Object.assign(state, { at, years });
    const { address, query } = source(),
      { ask: fetchNow, fetchAhead } = dash_clientside.stage_slides;
    if (!(await fetchNow(address, query))) throw new Error("no answer");
    const regions = isMine ? [] : offeredRegions();
    if (regions.includes(region) && (await fetchNow(address, queryOf({ region }))))
      state.region = region;
    const channel = [CHANNEL, location.pathname, isMine ? MINE : ""].join(" ");
    dash_clientside.stage_presenter.join(channel, isPresenter, () => state, follow);
    if (isPresenter || isReload()) dash_clientside.stage_presenter.askOther();
    place();
    // an address may name a year that its slide has not
    if (years[at] !== undefined) state.years = { ...years, [at]: yearOf(at) };
    await document.fonts?.ready;
    dash_clientside.stage_input.listen(stage);
    addEventListener("resize", refresh);
    document.addEventListener("visibilitychange", stayAwake);
    stayAwake();
    await show();
    dash_clientside.playback.showButton();
    dash_clientside.stage_presenter.tick();
    stage.focus({ preventScroll: true });
    const queries = [query, ...regions.map((each) => queryOf({ region: each }))];
    dash_clientside.offline.keep(
      stage,
      queries.map((each) => address + each),
    );
    for (const each of queries) await fetchAhead(address, each);
    document.body.dataset.preloaded = "true";
  }

  let hasBegun = false;
  /** Dash has put the stage into the page, or will in a moment. */
  async function start() {
    if (hasBegun) return window.dash_clientside.no_update;
    hasBegun = true;
    while (!document.getElementById("stage")) await new Promise(requestAnimationFrame);
    stage = /** @type {HTMLElement} */ (document.getElementById("stage"));
    try {
      await begin();
    } catch (error) {
      document.body.dataset.ready = "true";
      throw error;
    }
    return window.dash_clientside.no_update;
  }

  dash_clientside.stage = { start, go, setYear, chooseRegion, pickPoint, state, ACTS };
}
