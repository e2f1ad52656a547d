// What the page says of the year shown: texts, attributes, what is there at all.
"use strict";
var dash_clientside = dash_clientside || {};
{
  /**
   * Whether what a rule asks for holds: "path=a|b", or "path" for anything but nothing.
   * @param {string} rule @param {(path: string) => string} text
   */
  function isShown(rule, text) {
    const [path, wanted] = rule.split("=");
    const found = text(path);
    return wanted === undefined ? found !== "" : wanted.split("|").includes(found);
  }

  /**
   * Fills every element that shows a text, within a part of the page.
   * @param {Frames} frames @param {number} at @param {ParentNode} part
   */
  function showTexts(frames, at, part = document) {
    const { findAll, write, setAttribute } = dash_clientside.elements;
    /** @param {string} path */
    const text = (path) => dash_clientside.frames.textAt(frames, path, at);
    for (const node of findAll("[data-show]", part)) {
      const isHidden = !isShown(node.dataset.show ?? "", text);
      if (node.hidden === isHidden) continue;
      node.hidden = isHidden;
      if (!isHidden) dash_clientside.figures.resizeFigures(node);
    }
    for (const node of findAll("[data-text]", part)) write(node, text(node.dataset.text ?? ""));
    for (const node of findAll("[data-attributes]", part))
      for (const pair of (node.dataset.attributes ?? "").split(";")) {
        const [name, path] = pair.split("=");
        setAttribute(node, name, text(path));
      }
    for (const node of findAll("[data-marks]", part)) {
      const runs = dash_clientside.unit_chart.findRuns(text(node.dataset.marks ?? ""));
      dash_clientside.unit_chart.drawRuns(node, runs);
    }
  }

  /** The language of the page for `Intl`, with Western digits in each, as the server writes them. */
  const locale = () => `${document.documentElement.lang || "en"}-u-nu-latn`;

  dash_clientside.texts = { isShown, showTexts, locale };
}
