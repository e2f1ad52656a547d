// The names that page and script share (../README.md), in one place.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const IDS = {
    announcement: "announcement",
    chosen: "chosen",
    first: "first",
    notices: "notices",
    over: "over",
    play: "play",
    reset: "reset",
    ticks: "year-ticks",
    toast: "toast",
    under: "under",
    year: "filter-year",
  };
  /** What lies over and under a growth chart: a page has one, a story may have several. */
  const OVER = `#${IDS.over}, [data-over]`,
    UNDER = `#${IDS.under}, [data-under]`;
  /** Components that are only set: dcc.Store and the slider. */
  const COMPONENTS = { frames: "frames", opened: "opened", sourcesOf: "sources-of" };

  /** @param {keyof typeof IDS} name */
  const find = (name) => document.getElementById(IDS[name]);

  /**
   * Every element with this attribute or other selector.
   * @param {string} selector
   * @param {ParentNode} root
   */
  const findAll = (selector, root = document) =>
    /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);

  /**
   * The drawn graph of a name, null while it is not drawn.
   * @param {string} name
   */
  function findGraph(name) {
    const graph = /** @type {PlotlyGraph | null} */ (
      document.querySelector(`#${CSS.escape(name)} .js-plotly-plot`)
    );
    return graph?.data ? graph : null;
  }

  /**
   * Sets an attribute that differs; to set it again would make the browser lay out the page again.
   * @param {Element} node @param {string} name @param {string} value
   */
  function setAttribute(node, name, value) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }

  /**
   * Writes a text where it differs, into the text node that is there.
   * @param {Element} node @param {string} value
   */
  function write(node, value) {
    if (node.textContent === value) return;
    const only = node.firstChild;
    if (only instanceof Text && !only.nextSibling) only.data = value;
    else node.textContent = value;
  }

  /** @type {WeakMap<Element, string>} */
  const markupOf = new WeakMap();
  /**
   * Writes markup of our own where it differs from what was written last; texts in it are escaped by whoever makes it.
   * @param {Element | null | undefined} node @param {string} markup
   */
  function writeMarkup(node, markup) {
    if (!node || markupOf.get(node) === markup) return;
    node.innerHTML = markup;
    markupOf.set(node, markup);
  }

  /** @param {unknown} text */
  const escapeText = (text) =>
    String(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

  /** @param {string | Record<string, string>} component @param {unknown} value @param {string} property */
  const setProperty = (component, value, property = "data") =>
    window.dash_clientside.set_props(component, { [property]: value });

  dash_clientside.elements = {
    IDS,
    COMPONENTS,
    OVER,
    UNDER,
    find,
    findAll,
    findGraph,
    setAttribute,
    write,
    writeMarkup,
    escapeText,
    setProperty,
  };
}
