// The choice of a page is the query of its address. Dash's controls, buttons and points of figures change it, and each
// change goes to the page's one callback through the store `choice`. The frames of the answer say what is shown.
"use strict";
var dash_clientside = dash_clientside || {};
{
  /** @type {Frames | null} */
  let frames = null;
  let year = 0;
  /** The query asked for last. A second press before the answer changes this one, so that both count. */
  let asked = "";
  /** Who takes years and choices where no control of Dash's does, as the stage. @type {Owner | null} */
  let owner = null;
  /** What stands in Dash's controls, by name of the address. @type {Map<string, string | string[]>} */
  const standing = new Map();

  /** @param {string} search */
  const paramsOf = (search) => new URLSearchParams(search);

  /** @param {URLSearchParams} params */
  const textOf = (params) => (params.size ? `?${params}` : "");

  /** Whether two queries say the same, in whatever order. @param {string} a @param {string} b */
  function isSameQuery(a, b) {
    const [first, second] = [paramsOf(a), paramsOf(b)];
    first.sort();
    second.sort();
    return String(first) === String(second);
  }

  /**
   * A query with other values for a name; of none, without it.
   * @param {string} query @param {string} name @param {string[]} values
   */
  function withValues(query, name, values) {
    const params = paramsOf(query);
    params.delete(name);
    for (const value of values) if (value !== "") params.append(name, value);
    return textOf(params);
  }

  /** @param {string} page */
  const idOfChoice = (page) => ({ type: "choice", page });

  function findPage() {
    const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-page]"));
    return page?.dataset.page ?? "";
  }

  /** The data of the store for a query. @param {string} query */
  function choiceOf(query) {
    const look = dash_clientside.theme.currentLook();
    return {
      query,
      // null stands for the last year, which may be another in the answer
      year: year === frames?.years[1] ? null : year,
      look,
      shapes: frames?.shapes ?? {},
      key: frames?.key ?? "",
    };
  }

  /** Asks for what a query shows. @param {string} query */
  function ask(query) {
    if (!frames || isSameQuery(query, asked)) return false;
    asked = query;
    showInControls(query);
    dash_clientside.elements.setProperty(idOfChoice(findPage()), choiceOf(query));
    return true;
  }

  /** Asks for the same again, as another look of this browser needs. */
  function askAgain() {
    if (frames) dash_clientside.elements.setProperty(idOfChoice(findPage()), choiceOf(asked));
  }

  /** Dash's controls stand at what a query says. @param {string} query */
  function showInControls(query) {
    const params = paramsOf(query);
    for (const [name, { id, property, empty }] of Object.entries(frames?.controls ?? {})) {
      const values = params.getAll(name),
        value = Array.isArray(empty) ? values : (values.at(-1) ?? empty);
      if (dash_clientside.frames.isSame(standing.get(name), value)) continue;
      standing.set(name, value);
      if (document.getElementById(id)) dash_clientside.elements.setProperty(id, value, property);
    }
  }

  /**
   * Takes a year, or an answer, which may be the one that is shown already: a choice that was taken off again.
   * @param {Frames} shownFrames @param {number} shownYear @param {Owner | null} shownBy @param {boolean} isAnswer
   */
  function use(shownFrames, shownYear, shownBy = null, isAnswer = false) {
    year = shownYear;
    owner = shownBy;
    if (frames === shownFrames && !isAnswer) return;
    const isFirst = frames === null;
    frames = shownFrames;
    // while another answer is awaited, the controls stand at what was asked
    if (!isFirst && dash_clientside.pending.isAsking()) return;
    asked = frames.query;
    for (const [name, { value }] of Object.entries(frames.controls))
      if (isFirst) standing.set(name, value);
    // a choice that another takes away is not left standing in its control
    if (!isFirst) showInControls(frames.query);
    showOptions(isFirst);
  }

  let shownOptions = "";
  /** Lists whose options depend on the choice. @param {boolean} isFirst */
  function showOptions(isFirst) {
    const options = JSON.stringify(frames?.options);
    if (!isFirst && options !== shownOptions)
      for (const [id, list] of Object.entries(frames?.options ?? {}))
        if (document.getElementById(id)) dash_clientside.elements.setProperty(id, list, "options");
    shownOptions = options;
  }

  /**
   * Clientside callback: what Dash's controls say, as the data of the store. Controls of other pages say nothing.
   * @param {...any} values of the controls, then the stores
   */
  function readControls(...values) {
    const stores = values.at(-1).map(() => window.dash_clientside.no_update);
    if (!frames) return stores;
    let query = asked;
    const found = Object.entries(frames.controls);
    const { inputs, triggered } = window.dash_clientside.callback_context;
    for (const [name, { id, property, empty }] of found) {
      const prop = `${id}.${property}`,
        value = inputs[prop];
      // Dash also calls this for values that the script itself has set: these have changed nothing
      if (!triggered.some((each) => each.prop_id === prop)) continue;
      if (value === undefined || dash_clientside.frames.isSame(standing.get(name), value)) continue;
      standing.set(name, value);
      query = withValues(
        query,
        name,
        [value].flat().filter((each) => each !== empty),
      );
    }
    if (isSameQuery(query, asked)) return stores;
    asked = query;
    return stores.map(() => choiceOf(query));
  }

  /** @param {string} name */
  const valuesOf = (name) => paramsOf(asked).getAll(name);

  /**
   * @param {string} name @param {string | string[]} value
   * @param {string} clears a name that this takes out of the address, "" for none
   */
  const set = (name, value, clears = "") =>
    ask(withValues(withValues(asked, clears, []), name, [value].flat()));

  /** @param {number} wanted */
  function setYear(wanted) {
    if (!frames) return;
    if (owner) return owner.setYear(wanted);
    const [first, last] = frames.years,
      next = Math.min(Math.max(wanted, first), last);
    // a page without a slider shows all years
    if (next !== year && dash_clientside.elements.find("year"))
      dash_clientside.elements.setProperty(dash_clientside.elements.IDS.year, next, "value");
  }

  /**
   * The values of a name after a press on a button for one of them.
   * @param {string[]} now @param {string} value
   * @param {{many?: boolean, stays?: boolean, sorts?: boolean}} how several can be chosen; a press on what is chosen
   * leaves it; a second press sorts the other way
   */
  function toggled(now, value, { many = false, stays = false, sorts = false } = {}) {
    if (sorts) return [now.includes(value) ? `-${value}` : value];
    if (!now.includes(value)) return many ? [...now, value] : [value];
    return stays ? now : now.filter((each) => each !== value);
  }

  /**
   * A press on a button "name=value".
   * @param {string} pair @param {{many?: boolean, stays?: boolean, sorts?: boolean, clears?: string}} how
   */
  function toggle(pair, how = {}) {
    const split = pair.indexOf("="),
      name = pair.slice(0, split),
      value = pair.slice(split + 1);
    if (name === "year") setYear(Number(value));
    else if (owner) owner.toggle(name, value);
    else set(name, toggled(valuesOf(name), value, how), how.clears);
  }

  /** @param {string} name */
  const clear = (name) => set(name, []);

  /** Everything off, and the last year. */
  function reset() {
    ask("");
    if (frames) setYear(frames.years[1]);
  }

  /**
   * Takes what an address says; whether anything but the year differs, so that an answer will come.
   * @param {string} search
   */
  function follow(search) {
    if (!frames) return false;
    const params = paramsOf(dash_clientside.languages.without(search)),
      wanted = Number(params.get("year")) || frames.years[1];
    params.delete("year");
    const isAsked = ask(textOf(params));
    setYear(wanted);
    return isAsked;
  }

  /**
   * Clientside callback: a click on a point of a figure chooses what its trace says, or takes it away again.
   * @param {any} click @param {string} graph
   */
  function pickPoint(click, graph) {
    const point = click?.points?.[0],
      trace = dash_clientside.elements.findGraph(graph)?.data[point?.curveNumber],
      name = trace?.meta?.set,
      value = [point?.customdata].flat()[0] ?? point?.location;
    if (name && value !== undefined && value !== "") toggle(`${name}=${value}`);
    return window.dash_clientside.no_update;
  }

  dash_clientside.choice = {
    use,
    ask,
    askAgain,
    set,
    setYear,
    toggled,
    toggle,
    clear,
    reset,
    follow,
    readControls,
    pickPoint,
    withValues,
    isSameQuery,
    shownFrames: () => frames,
    shownYear: () => year,
  };
}
