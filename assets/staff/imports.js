// Files can be dropped, what is too large is said before it is sent, and while a file is read the page asks how far it
// is.
// All of it works without this script, by the plain form and by loading the page again.
"use strict";
{
  const ASK_EVERY = 700;

  /** Says that files are too large, or takes that back. @param {HTMLElement} place @param {HTMLInputElement} input */
  function checkSize(place, input) {
    const most = Number(place.dataset.drop) * 1_000_000;
    const size = [...(input.files ?? [])].reduce((sum, file) => sum + file.size, 0);
    const error = place.querySelector("[data-too-large]");
    if (!(error instanceof HTMLElement)) return;
    const isTooLarge = size > most;
    error.hidden = !isTooLarge;
    error.textContent = isTooLarge ? (error.dataset.tooLarge ?? "") : "";
    place.classList.toggle("is-wrong", isTooLarge);
    input.setCustomValidity(isTooLarge ? (error.dataset.tooLarge ?? "") : "");
  }

  for (const place of document.querySelectorAll("[data-drop]")) {
    const input = place.querySelector("input[type=file]");
    if (!(place instanceof HTMLElement) || !(input instanceof HTMLInputElement)) continue;
    input.addEventListener("change", () => checkSize(place, input));
    place.addEventListener("dragover", (event) => {
      event.preventDefault();
      place.classList.add("is-over");
    });
    place.addEventListener("dragleave", () => place.classList.remove("is-over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      place.classList.remove("is-over");
      if (!event.dataTransfer?.files.length) return;
      input.files = event.dataTransfer.files;
      checkSize(place, input);
    });
  }

  // a list of partnerships is no wave
  const ofSurvey = document.querySelector("[data-of-survey]");
  const kinds = document.querySelectorAll('input[name="kind"]');
  function showKind() {
    const chosen = document.querySelector('input[name="kind"]:checked');
    if (ofSurvey instanceof HTMLElement && chosen instanceof HTMLInputElement)
      ofSurvey.hidden = chosen.value !== "survey";
  }
  kinds.forEach((kind) => kind.addEventListener("change", showKind));
  showKind();

  /** Asks how far it is, until it is over. @param {HTMLProgressElement} bar */
  async function follow(bar) {
    const percent = document.querySelector("[data-percent]");
    try {
      const reply = await fetch(bar.dataset.state ?? "", {
        headers: { Accept: "application/json" },
      });
      // whoever was signed out is asked to sign in by the page itself
      if (!reply.ok || reply.redirected) return location.reload();
      const { progress, is_over } = await reply.json();
      bar.value = progress;
      if (percent)
        percent.textContent = (percent.textContent ?? "").replace(
          /\d+/,
          String(Math.round(100 * progress)),
        );
      if (is_over) return location.reload();
    } catch {
      // the network may come back
    }
    setTimeout(() => follow(bar), ASK_EVERY);
  }
  const bar = document.querySelector("progress[data-state]");
  if (bar instanceof HTMLProgressElement) follow(bar);
}
