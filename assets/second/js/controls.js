// The choice: what stands in Dash's controls, and how a press on a button changes it. The frames say which component
// holds which name of the address.
"use strict";
var dash_clientside = dash_clientside || {};
{
  /** @type {Frames | null} */
  let frames = null;
  let year = 0;
  /** What was asked for since the last answer: two presses before it comes are both meant. @type {Map<string, string | string[]>} */
  const asked = new Map();

  /** @param {Frames} shownFrames @param {number} shownYear */
  function use(shownFrames, shownYear) {
    if (frames !== shownFrames) asked.clear();
    frames = shownFrames;
    year = shownYear;
  }

  /** @param {string} name */
  function valueOf(name) {
    const control = frames?.controls[name];
    return asked.get(name) ?? control?.value ?? "";
  }

  /**
   * @param {string} name @param {string | string[]} value
   */
  function set(name, value) {
    const control = frames?.controls[name];
    if (!control || dash_clientside.frames.isSame(valueOf(name), value)) return;
    asked.set(name, value);
    dash_clientside.elements.setProperty(control.id, value, control.property);
  }

  /** @param {number} wanted */
  function setYear(wanted) {
    if (!frames) return;
    const [first, last] = frames.years,
      next = Math.min(Math.max(wanted, first), last);
    if (next !== year)
      dash_clientside.elements.setProperty(dash_clientside.elements.IDS.year, next, "value");
  }

  /**
   * The value after a press on a button for one of them.
   * @param {Control} control @param {string | string[]} now @param {string} value
   * @param {boolean} stays whether a press on what is chosen leaves it
   */
  function toggled({ empty }, now, value, stays) {
    if (Array.isArray(now))
      return now.includes(value) ? now.filter((each) => each !== value) : [...now, value];
    return now === value && !stays ? empty : value;
  }

  /**
   * A press on a button "name=value".
   * @param {string} pair @param {boolean} stays
   */
  function toggle(pair, stays = false) {
    const split = pair.indexOf("="),
      name = pair.slice(0, split),
      value = pair.slice(split + 1);
    if (name === "year") return setYear(Number(value));
    const control = frames?.controls[name];
    if (control) set(name, toggled(control, valueOf(name), value, stays));
  }

  /** @param {string} name */
  function clear(name) {
    const control = frames?.controls[name];
    if (control) set(name, control.empty);
  }

  /** Everything off, and the last year. */
  function reset() {
    for (const name of Object.keys(frames?.controls ?? {})) clear(name);
    if (frames) setYear(frames.years[1]);
  }

  /**
   * Takes what an address says; whether anything but the year differs, so that an answer will come.
   * @param {string} search
   */
  function follow(search) {
    if (!frames) return false;
    const params = new URLSearchParams(search);
    let isAsked = false;
    for (const [name, { empty }] of Object.entries(frames.controls)) {
      if (name === "year") continue;
      const values = params.getAll(name),
        value = Array.isArray(empty) ? values : (values[0] ?? empty);
      if (dash_clientside.frames.isSame(valueOf(name), value)) continue;
      isAsked = true;
      set(name, value);
    }
    setYear(Number(params.get("year")) || frames.years[1]);
    return isAsked;
  }

  dash_clientside.controls = {
    use,
    set,
    setYear,
    toggled,
    toggle,
    clear,
    reset,
    follow,
    shownFrames: () => frames,
    shownYear: () => year,
  };
}
