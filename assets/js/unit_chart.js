// Rows of small squares, one a partnership: letters of one kind that follow each other are one element, a run, whose
// style sheet draws `--n` squares of the `--all` of its row.
"use strict";
var dash_clientside = dash_clientside || {};
{
  /**
   * The runs of letters: "ddn" is [["d", 2], ["n", 1]].
   * @param {string} letters
   * @returns {[string, number][]}
   */
  const findRuns = (letters) => (letters.match(/(.)\1*/g) ?? []).map((run) => [run[0], run.length]);

  /** @param {HTMLElement} element @param {string} name @param {number} value */
  function setNumber(element, name, value) {
    if (element.style.getPropertyValue(name) !== String(value))
      element.style.setProperty(name, String(value));
  }

  /**
   * Draws runs into the elements that are there.
   * @param {Element} node @param {[string, number][]} runs
   */
  function drawRuns(node, runs) {
    while (node.children.length > runs.length) node.lastElementChild?.remove();
    while (node.children.length < runs.length) node.append(document.createElement("i"));
    runs.forEach(([kind, size], i) => {
      const run = /** @type {HTMLElement} */ (node.children[i]),
        name = `run u-${kind}`;
      if (run.className !== name) run.className = name;
      if (run.hidden !== (size === 0)) run.hidden = size === 0;
      setNumber(run, "--n", size);
    });
    const all = runs.reduce((sum, [, size]) => sum + size, 0);
    setNumber(/** @type {HTMLElement} */ (node), "--all", Math.max(all, 1));
  }

  /**
   * Draws every square by itself, as pictures and paper need it, which have no use for gradients; gives what puts the
   * runs back.
   * @param {ParentNode} root
   */
  function splitRuns(root) {
    const runs = dash_clientside.elements.findAll(".run", root),
      rows = new Set(runs.map((run) => /** @type {Element} */ (run.parentElement)));
    const before = [...rows].map((row) => ({ row, content: [...row.childNodes] }));
    for (const run of runs) {
      const count = run.hidden ? 0 : Number(run.style.getPropertyValue("--n"));
      const squares = Array.from({ length: count }, () => document.createElement("i"));
      for (const square of squares) square.className = run.className.replace("run ", "");
      run.replaceWith(...squares);
    }
    return () => before.forEach(({ row, content }) => row.replaceChildren(...content));
  }

  dash_clientside.unit_chart = { findRuns, drawRuns, splitRuns };
}
