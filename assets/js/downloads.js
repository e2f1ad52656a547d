// Files that the script makes or that came as a reply: handed to the browser as a download.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const KEPT = 10_000; // until the browser has taken it

  /** @param {Blob} blob @param {string} name */
  function saveBlob(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
  }

  /** How the server names what it replies. @param {Response} reply @param {string} usual */
  const nameOf = (reply, usual) =>
    /filename="([^"]+)"/.exec(reply.headers.get("Content-Disposition") ?? "")?.[1] ?? usual;

  /**
   * A cell of CSV. One that begins like a formula would be run by a spreadsheet, so it gets an apostrophe; a number does
   * not.
   * @param {string | number} cell
   */
  function quoteCell(cell) {
    const text = String(cell);
    const isFormula = /^\s*[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text);
    const safe = isFormula ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  /** Rows as CSV, with a mark so that Excel shows every letter. @param {string} name @param {(string | number)[][]} rows */
  function saveTable(name, rows) {
    const lines = rows.map((row) => `${row.map(quoteCell).join(",")}\r\n`);
    saveBlob(new Blob(["\ufeff", ...lines], { type: "text/csv;charset=utf-8" }), name);
  }

  dash_clientside.downloads = { saveBlob, nameOf, quoteCell, saveTable };
}
