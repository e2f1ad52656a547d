// The list of countries in the order of the year: one button a row, used again from year to year.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const KINDS = ["d", "n", "o", "m"]; // in the order of ranking.marks
  const PARTS = ["name", "count", "marks"];

  /**
   * The order in a year: null means that of the year before.
   * @param {Ranking} ranking @param {number} at
   */
  function orderAt({ orders }, at) {
    while (at > 0 && !orders[at]) at--;
    return orders[at] ?? [];
  }

  /** @param {unknown} number */
  const formatNumber = (number) =>
    typeof number === "number"
      ? number.toLocaleString(dash_clientside.texts.locale())
      : String(number);

  function buildRow() {
    const row = document.createElement("button");
    row.type = "button";
    for (const name of PARTS) {
      const part = document.createElement("span");
      part.className = name;
      row.append(part);
    }
    return row;
  }

  /** @param {Frames} frames @param {number} at @param {ParentNode} part */
  function showRanking({ ranking }, at, part = document) {
    const list = /** @type {HTMLElement | null} */ (part.querySelector("[data-list]"));
    if (!list || !ranking) return;
    const order = orderAt(ranking, at),
      numbers = dash_clientside.frames.valueAt(ranking.numbers, at).map(formatNumber);
    const widest = Math.max(0, ...order.map((row) => numbers[row].length));
    list.style.setProperty("--rows", String(Math.ceil(order.length / 2)));
    list.style.setProperty("--digits", `${widest}ch`);
    while (list.children.length > order.length) list.lastElementChild?.remove();
    while (list.children.length < order.length) list.append(buildRow());
    const { write, setAttribute } = dash_clientside.elements;
    order.forEach((row, i) => {
      const button = list.children[i],
        [name, count, marks] = button.children;
      setAttribute(button, "data-set", `country=${ranking.keys[row]}`);
      const label = list.dataset.label?.replace("{name}", ranking.names[row]);
      if (label) setAttribute(button, "title", label);
      write(name, ranking.names[row]);
      write(count, numbers[row]);
      const sizes = ranking.marks[at][row];
      dash_clientside.unit_chart.drawRuns(
        marks,
        KINDS.map((kind, k) => [kind, sizes[k] ?? 0]),
      );
    });
  }

  dash_clientside.ranked_list = { orderAt, showRanking };
}
