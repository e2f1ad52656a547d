// The report on paper: what runs at the head of its pages, and the size of its sheets. Margins of paper take their text
// from the style sheet, whose words are in the catalogue: they are put there before printing.
"use strict";
{
  /** Says how large sheets are, where the address does; empty where it is left to the printer. */
  const sheets = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheets);
  addEventListener("beforeprint", () => {
    const report = document.querySelector(".report"),
      { style } = document.documentElement;
    const {
      running = "",
      draft = "",
      sample = "",
      paper = "",
    } = report instanceof HTMLElement ? report.dataset : {};
    style.setProperty("--report-running", JSON.stringify(running));
    style.setProperty(
      "--report-stamp",
      JSON.stringify([sample, draft].filter(Boolean).join(" · ")),
    );
    sheets.replaceSync(paper && `@page { size: ${paper} }`);
  });
}
