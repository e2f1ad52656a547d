// The bar of filters follows the choice: years under the slider, chips of what is chosen, pressed buttons, notices.
"use strict";
var dash_clientside = dash_clientside || {};
{
  /**
   * The years written under the slider: both ends, and decades that are not too close to them.
   * @param {number} first @param {number} last
   */
  function ticksOf(first, last) {
    const closest = (last - first) / 10,
      decades = [];
    for (let year = Math.ceil(first / 10) * 10; year < last; year += 10)
      if (year - first > closest && last - year > closest) decades.push(year);
    return first === last ? [first] : [first, ...decades, last];
  }

  /** @param {Frames} frames */
  function showTicks({ years: [first, last] }) {
    const place = dash_clientside.elements.find("ticks"),
      key = `${first}-${last}`;
    if (!place || (place.dataset.years === key && place.childElementCount)) return;
    place.dataset.years = key;
    const ticks = ticksOf(first, last).map((year) => {
      const tick = document.createElement("span"),
        away = Math.min(year - first || last, last - year || last);
      if (away < 0.15 * (last - first)) tick.className = "near"; // of an end; a phone leaves it out
      tick.textContent = String(year);
      tick.style.setProperty("--at", String((year - first) / Math.max(last - first, 1)));
      return tick;
    });
    place.replaceChildren(...ticks);
  }

  /** @param {string} name */
  function buildIcon(name) {
    const icon = document.createElement("i");
    icon.className = `icon icon-${name}`;
    icon.setAttribute("aria-hidden", "true");
    return icon;
  }

  /** One button for each choice, which takes it away; the keyboard stays where it was. @param {Frames} frames */
  function showChips({ chosen = [] }) {
    const place = dash_clientside.elements.find("chosen");
    if (!place) return;
    const focused = [...place.children].indexOf(/** @type {Element} */ (document.activeElement));
    const chips = chosen.map(({ name, value, label, many }) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "chip chosen";
      chip.dataset.set = `${name}=${value}`;
      if (many) chip.dataset.many = "";
      chip.title = place.dataset.remove?.replace("{name}", label) ?? label;
      chip.setAttribute("aria-label", chip.title);
      chip.append(label, buildIcon("close"));
      return chip;
    });
    place.replaceChildren(...chips);
    if (focused >= 0)
      (
        chips[Math.min(focused, chips.length - 1)] ?? dash_clientside.elements.find("year")
      )?.focus();
  }

  /** @param {Frames} frames */
  function showNotices({ notices = [] }) {
    const place = dash_clientside.elements.find("notices");
    if (!place) return;
    place.querySelector(".notice:not(.connection)")?.remove();
    if (!notices.length) return;
    const notice = document.createElement("div"),
      words = document.createElement("div"),
      close = document.createElement("button");
    notice.className = "notice";
    if (place.dataset.heading) {
      const heading = document.createElement("b");
      heading.textContent = place.dataset.heading;
      words.append(heading);
    }
    for (const text of notices) {
      const line = document.createElement("div");
      line.textContent = text;
      words.append(line);
    }
    close.type = "button";
    close.title = place.dataset.dismiss ?? "";
    close.setAttribute("aria-label", close.title);
    close.dataset.dismiss = "";
    close.append(buildIcon("close"));
    notice.append(words, close);
    place.prepend(notice);
  }

  /**
   * Buttons that stand for a value say whether it is chosen; the first of a group stands for nothing chosen.
   * @param {Frames} frames
   */
  function showPressed({ query }) {
    const { findAll, setAttribute } = dash_clientside.elements;
    const params = new URLSearchParams(query);
    for (const button of findAll("[data-set][aria-pressed]")) {
      const [name, value] = (button.dataset.set ?? "").split("=");
      const isDefault =
        !("many" in button.dataset) && button === button.parentElement?.querySelector("[data-set]");
      const isPressed = params.has(name) ? params.getAll(name).includes(value) : isDefault;
      setAttribute(button, "aria-pressed", String(isPressed));
    }
    for (const button of findAll("[data-clear]")) {
      if (button.classList.contains("chip") || button.hasAttribute("aria-pressed"))
        setAttribute(button, "aria-pressed", String(!params.has(button.dataset.clear ?? "")));
    }
  }

  /** What follows a choice, once an answer. @param {Frames} frames */
  function showChoice(frames) {
    showTicks(frames);
    showChips(frames);
    showNotices(frames);
    showPressed(frames);
    dash_clientside.asks.showAsked(frames);
    const reset = dash_clientside.elements.find("reset");
    if (reset) reset.hidden = frames.query === "";
    const hasRoom = new URLSearchParams(frames.query).has("room");
    document.documentElement.toggleAttribute("data-room", hasRoom);
    dash_clientside.playback.showButton();
  }

  /** The slider says its year in numbers too. @param {Frames} frames @param {number} year */
  function showSlider({ years: [first, last] }, year) {
    const slider = dash_clientside.elements.find("year");
    if (!(slider instanceof HTMLInputElement)) return;
    const { setAttribute } = dash_clientside.elements;
    setAttribute(slider, "aria-valuemin", String(first));
    setAttribute(slider, "aria-valuemax", String(last));
    setAttribute(slider, "aria-valuenow", String(year));
    // the years of another basis
    setAttribute(slider, "min", String(first));
    setAttribute(slider, "max", String(last));
    const at = (year - first) / Math.max(last - first, 1);
    slider.parentElement?.style.setProperty("--at", String(at));
  }

  const { IDS } = dash_clientside.elements;
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("button");
    if (!button) return;
    const { set, clear, clears, reset, many, stays, sorts, dismiss } = button.dataset;
    const { choice, playback } = dash_clientside;
    if (button.id === IDS.play) playback.toggle();
    else if (stays !== undefined && button.ariaPressed === "true") return;
    else if (set !== undefined)
      choice.toggle(set, {
        many: many !== undefined,
        stays: stays !== undefined,
        sorts: sorts !== undefined,
        clears,
      });
    else if (clear !== undefined) choice.clear(clear);
    else if (reset !== undefined) choice.reset();
    else if (dismiss !== undefined) button.closest(".notice")?.remove();
  });
  // Escape takes away what has a button for it
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.fullscreenElement) return;
    if (document.querySelector("dialog[open], details.menu[open]")) return;
    const params = new URLSearchParams(dash_clientside.choice.shownFrames()?.query);
    const button = dash_clientside.elements
      .findAll("[data-escape]")
      .find(({ dataset: { clear = "" } }) => params.has(clear));
    if (button) dash_clientside.choice.clear(button.dataset.clear ?? "");
  });

  dash_clientside.filter_bar = { ticksOf, showChoice, showSlider };
}
