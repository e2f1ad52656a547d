// The report on paper: what runs at the head of its pages. Margins of paper take their text from the style sheet, whose
// words are in the catalogue: they are put there before printing.
"use strict";
{
  addEventListener("beforeprint", () => {
    const report = document.querySelector(".report"),
      { style } = document.documentElement;
    if (!(report instanceof HTMLElement)) return;
    const { running = "", draft = "", sample = "" } = report.dataset;
    style.setProperty("--report-running", JSON.stringify(running));
    style.setProperty(
      "--report-stamp",
      JSON.stringify([sample, draft].filter(Boolean).join(" · ")),
    );
  });
}
