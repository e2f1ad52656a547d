// What a year changes: values picked out of the JSON of the store `frames`. Nothing here touches the page.
"use strict";
var dash_clientside = dash_clientside || {};
{
  let lastText = "";
  /** @type {Frames | null} */
  let lastFrames = null;

  /**
   * The frames of a text; one text is read once, so that equal frames are the same object.
   * @param {string} text
   * @returns {Frames}
   */
  function parse(text) {
    if (lastFrames === null || text !== lastText) {
      lastFrames = JSON.parse(text);
      lastText = text;
    }
    return /** @type {Frames} */ (lastFrames);
  }

  /**
   * The position of a year, or of the nearest that there is; what is no year is the last.
   * @param {Frames} frames @param {unknown} year
   */
  function positionOf({ years: [first, last] }, year) {
    const wanted = Number(year) || last;
    return Math.min(Math.max(wanted, first), last) - first;
  }

  /** One of many names; of those that are patterns with values, filled. @param {Names} names @param {number} code */
  function nameOf(names, code) {
    if (Array.isArray(names)) return names[code];
    const [pattern, ...values] = names.cells[code];
    return names.patterns[Number(pattern)].replace(/\{(\d)\}/g, (_, gap) => String(values[gap]));
  }

  /**
   * @param {ByYear | undefined} byYear @param {number} at
   * @returns {any}
   */
  function valueAt(byYear, at) {
    if (byYear === undefined || Array.isArray(byYear)) return byYear?.[at];
    if ("years" in byYear) return byYear.values[byYear.years[at]];
    return byYear.codes[at].map((code) => nameOf(byYear.names, code));
  }

  /** @param {unknown} a @param {unknown} b @returns {boolean} */
  function isSame(a, b) {
    if (a === b) return true;
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((each, i) => isSame(each, b[i]));
  }

  /**
   * What differs between two years, of the same frames or of two answers: [trace or "layout", {attribute: value}].
   * @param {GraphFrames} before @param {number} from @param {GraphFrames} after @param {number} to
   * @returns {[string, Attributes][]}
   */
  function findChanges(before, from, after, to) {
    /** @type {[string, Attributes][]} */
    const changes = [];
    for (const [target, attributes] of Object.entries(after)) {
      /** @type {Attributes} */
      const changed = {};
      for (const [name, byYear] of Object.entries(attributes)) {
        const value = valueAt(byYear, to);
        if (!isSame(valueAt(before[target]?.[name], from), value)) changed[name] = value;
      }
      if (Object.keys(changed).length) changes.push([target, changed]);
    }
    return changes;
  }

  /**
   * The text of a path in a year, "" where there is none.
   * @param {Frames} frames @param {string} path @param {number} at
   */
  function textAt({ texts }, path, at) {
    const found = texts[path] ?? "";
    return String((Array.isArray(found) ? found[at] : found) ?? "");
  }

  dash_clientside.frames = { parse, positionOf, valueAt, isSame, findChanges, textAt };
}
