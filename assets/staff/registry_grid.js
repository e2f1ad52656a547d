// The registry in a grid: what is typed is kept in the form below it, checked by the server after each cell, and saved
// with a source and a reason. The grid itself is AG Grid, as dash-ag-grid brings it into the page.
"use strict";
{
  const GRID = "registry-grid";
  // so long after the last cell that was changed it is checked, in milliseconds
  const PAUSE = 150;
  // what the grid says of cells that nobody typed
  const PUT = "put";

  /**
   * What is not saved yet, by id of the row: cells as they were seen and as they were typed.
   * @typedef {Record<string, { seen: Record<string, string>; typed: Record<string, string> }>} Edits
   */

  /** @type {Edits} */
  let edits = {};
  /** What the grid had where something not saved was put into it. @type {Record<string, Record<string, string>>} */
  const there = {};
  /** What is wrong, in words, by id of the row and column. @type {Record<string, Record<string, string>>} */
  let problems = {};
  /** @type {any} */
  let api = null;
  let timer = 0;

  /** A cell as a text. @param {unknown} value */
  const textOf = (value) => (value === null || value === undefined ? "" : String(value).trim());

  /** @param {any} params */
  const problemOf = (params) => problems[params.data?.id]?.[params.colDef.field] ?? "";

  /** @type {Record<string, (value: any) => any>} */
  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions ?? {});
  /** A year as a number, so that columns sort; whatever else was typed is kept as it is. @param {unknown} value */
  functions.registryYear = (value) => {
    const text = textOf(value);
    if (text === "") return null;
    return /^\d{1,4}$/.test(text) ? Number(text) : text;
  };
  /** @param {any} params */
  functions.registryTooltip = (params) => problemOf(params) || textOf(params.value);
  /** @param {any} params */
  functions.registryClass = (params) => {
    if (problemOf(params)) return "is-wrong";
    return edits[params.data?.id]?.typed[params.colDef.field] === undefined ? "" : "is-typed";
  };

  /** @type {Record<string, (props: any) => unknown>} */
  const components = (window.dashAgGridComponentFunctions =
    window.dashAgGridComponentFunctions ?? {});
  /** A cell, and what is wrong with it for who does not see its colour. @param {any} props */
  components.RegistryCell = (props) => {
    const wrong = problemOf(props);
    const value = textOf(props.valueFormatted ?? props.value);
    const said = wrong ? React.createElement("span", { className: "unseen" }, ` ${wrong}`) : null;
    return React.createElement("span", {}, value, said);
  };
  /** The way to the form of a row. @param {any} props */
  components.RegistryLink = (props) => {
    const place = /** @type {HTMLElement} */ (document.querySelector("[data-check]"));
    const name = React.createElement("span", { className: "unseen" }, ` ${props.data.name}`);
    const href = `${place.dataset.row}${encodeURIComponent(props.value)}`;
    return React.createElement("a", { href }, place.dataset.edit, name);
  };

  /** The parts of the page. */
  function find() {
    const form = /** @type {HTMLFormElement} */ (document.querySelector(".staff-unsaved"));
    return {
      form,
      place: /** @type {HTMLElement} */ (document.querySelector("[data-check]")),
      kept: /** @type {HTMLTextAreaElement} */ (form.querySelector("[name=edits]")),
      list: /** @type {HTMLElement} */ (form.querySelector(".unsaved")),
    };
  }

  /** Puts what is not saved into the form, which the browser keeps (drafts.js). */
  function keep() {
    const { form, kept } = find();
    const ids = Object.keys(edits);
    kept.value = ids.length ? JSON.stringify(edits) : "";
    form.hidden = ids.length === 0;
    kept.dispatchEvent(new Event("input", { bubbles: true }));
    clearTimeout(timer);
    timer = window.setTimeout(check, PAUSE);
  }

  /** Asks what is wrong with it. */
  async function check() {
    const { place, kept, list } = find();
    const asked = kept.value;
    const body = new FormData();
    body.set("edits", asked);
    try {
      const reply = await fetch(/** @type {string} */ (place.dataset.check), {
        method: "POST",
        body,
        headers: { "X-CSRFToken": place.dataset.csrf ?? "", Accept: "application/json" },
      });
      if (!reply.ok) throw new Error(await reply.text());
      const answer = await reply.json();
      // something was typed meanwhile; the answer to that is on its way
      if (kept.value !== asked) return;
      problems = answer.problems;
      list.innerHTML = answer.html;
    } catch (error) {
      // signed out, or no connection: what was typed is kept, and the form says what is wrong when it is sent
      const line = document.createElement("li");
      line.className = "is-wrong";
      line.dataset.unchecked = "";
      // a browser has words of its own for this, in its language and for programmers
      const isAway = error instanceof TypeError;
      line.textContent = isAway
        ? (place.dataset.away ?? "")
        : String(error).replace(/^Error: /, "");
      list.querySelector("[data-unchecked]")?.remove();
      list.prepend(line);
    }
    api.refreshCells({ force: true });
  }

  /** Somebody changed a cell. @param {any} event */
  function remember(event) {
    // events come a moment later, so a flag would be down again
    if (event.source === PUT) return;
    const { id } = event.data;
    const column = event.colDef.field;
    const value = textOf(event.newValue);
    const edit = (edits[id] = edits[id] ?? { seen: {}, typed: {} });
    edit.seen[column] ??= textOf(event.oldValue);
    edit.typed[column] = value;
    if (value === edit.seen[column]) {
      delete edit.typed[column];
      delete edit.seen[column];
      if (!Object.keys(edit.typed).length) delete edits[id];
    }
    keep();
  }

  /** Puts cells into the grid that nobody types. @param {string} id @param {Record<string, string>} cells */
  function put(id, cells) {
    const node = api.getRowNode(id);
    if (!node) return;
    for (const [column, value] of Object.entries(cells)) {
      const definition = api.getColumn(column)?.getColDef();
      const isYear = definition?.filter === "agNumberColumnFilter";
      node.setDataValue(column, isYear ? functions.registryYear(value) : value, PUT);
    }
  }

  /** The cells that were copied from a spreadsheet, line by line. @param {string} text */
  function cellsOf(text) {
    /** @type {string[][]} */
    const lines = [[]];
    const parts = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (const [, cell = "", end] of parts.matchAll(
      /("(?:[^"]|"")*"(?=[\t\n]|$)|[^\t\n]*)(\t|\n|$)/g,
    )) {
      // a cell of several lines is quoted
      const isQuoted = /^"[^]*[\t\n][^]*"$/.test(cell);
      lines.at(-1)?.push(isQuoted ? cell.slice(1, -1).replaceAll('""', '"') : cell);
      if (end === "\n") lines.push([]);
      if (end === "") break;
    }
    return lines;
  }

  /**
   * Puts cells of a spreadsheet into as many of the grid, from the one that has the focus to the right and down, as
   * rows stand there now. What finds no cell that can be typed into is said.
   * @param {ClipboardEvent} event
   */
  function paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const focus = api.getFocusedCell();
    const isRemark = event.target instanceof HTMLTextAreaElement && !text.includes("\t");
    const lines = cellsOf(text);
    const isOne = lines.length === 1 && lines[0]?.length === 1;
    if (!text || !focus || isRemark || (isOne && api.getEditingCells().length)) return;
    event.preventDefault();
    api.stopEditing(true);
    const columns = api.getAllDisplayedColumns();
    const first = columns.indexOf(focus.column);
    /** @type {string[]} */
    const left = [];
    const found = lines.flatMap((cells, down) => {
      const node = api.getDisplayedRowAtIndex(focus.rowIndex + down);
      return cells.map((cell, right) => ({ node, cell, column: columns[first + right] }));
    });
    for (const { node, cell, column } of found) {
      const definition = column?.getColDef();
      if (node && definition?.editable) {
        const isYear = definition.filter === "agNumberColumnFilter";
        // names are on one line, remarks may have several
        const text = column.getColId() === "note" ? cell : cell.replace(/\s+/g, " ");
        node.setDataValue(column, isYear ? functions.registryYear(text) : textOf(text), "paste");
      } else if (textOf(cell)) left.push(textOf(cell));
    }
    const { place } = find();
    const line = /** @type {HTMLElement} */ (document.getElementById("not-pasted"));
    line.textContent = left.length ? `${place.dataset.left ?? ""} ${left.join(" · ")}` : "";
  }

  /** Takes back what was typed into a row; into all of them for "". @param {string} row */
  function takeBack(row) {
    for (const id of row ? [row] : Object.keys(edits)) {
      // what was seen days ago may be something else by now
      put(id, { ...edits[id]?.seen, ...there[id] });
      delete edits[id];
      delete problems[id];
    }
    document.getElementById("clashes")?.remove();
    keep();
    document.getElementById("field-quick")?.focus();
  }

  /** What the form has from before: it came back with errors, or the browser kept it. */
  function restore() {
    try {
      edits = JSON.parse(find().kept.value || "{}");
    } catch {
      edits = {};
    }
    for (const [id, { typed }] of Object.entries(edits)) {
      const data = api.getRowNode(id)?.data ?? {};
      there[id] = Object.fromEntries(Object.keys(typed).map((name) => [name, textOf(data[name])]));
      put(id, typed);
    }
    if (Object.keys(edits).length) keep();
  }

  document.addEventListener("DOMContentLoaded", async () => {
    const { form } = find();
    const quick = /** @type {HTMLInputElement} */ (document.getElementById("field-quick"));
    api = await window.dash_ag_grid.getApiAsync(GRID);
    api.addEventListener("cellValueChanged", remember);
    restore();
    find().place.addEventListener("paste", paste);
    quick.addEventListener("input", () => api.setGridOption("quickFilterText", quick.value));
    if (quick.value) api.setGridOption("quickFilterText", quick.value);
    form.addEventListener("click", (event) => {
      const button = event.target instanceof Element && event.target.closest("[data-take-back]");
      if (button instanceof HTMLElement) takeBack(button.dataset.takeBack ?? "");
    });
    document.body.dataset.grid = "ready";
  });
}
