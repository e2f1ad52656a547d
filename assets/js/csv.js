// Rows that the script has, as a file of CSV.
"use strict";
var dash_clientside = dash_clientside || {};
{
  /**
   * A cell. One that begins like a formula would be run by a spreadsheet, so it gets an apostrophe; a number does not.
   * @param {string | number} cell
   */
  function quoteCell(cell) {
    // marks of direction, which a text from right to left has around Latin names, are no part of a cell
    const text = String(cell).replace(/[\u2068\u2069]/g, "");
    const isFormula = /^\s*[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text);
    const safe = isFormula ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  /**
   * Saves rows, with a mark so that Excel shows every letter.
   * @param {string} name @param {(string | number)[][]} rows
   */
  function saveRows(name, rows) {
    const lines = rows.map((row) => `${row.map(quoteCell).join(",")}\r\n`);
    dash_clientside.take.save(
      new Blob(["\ufeff", ...lines], { type: "text/csv;charset=utf-8" }),
      name,
    );
  }

  dash_clientside.csv = { quoteCell, saveRows };
}
