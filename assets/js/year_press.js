// A press or a drag along the growth chart chooses the year. A press that the browser takes over (a scroll, a pinch, a
// second finger, a lost pointer) ends there and changes nothing; whatever it changed before is taken back.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const DRAG = 5; // pixels
  /** @type {{pointer: number, x: number, place: Element, year: number, isDrag: boolean} | null} */
  let press = null;

  /**
   * The position of the year at a part of the plot's width; edges are where each year ends, in percent.
   * @param {number[]} edges @param {number} percent
   */
  function positionAt(edges, percent) {
    const at = edges.findIndex((edge) => percent < edge);
    return at < 0 ? edges.length - 1 : at;
  }

  /** @param {PointerEvent} event @param {Element} place */
  function chooseYear({ clientX }, place) {
    const frames = dash_clientside.choice.shownFrames(),
      box = place.getBoundingClientRect();
    if (!frames?.over || !box.width) return;
    const percent = (100 * (clientX - box.left)) / box.width;
    dash_clientside.choice.setYear(frames.years[0] + positionAt(frames.over.edges, percent));
  }

  /** The overlay, where a press falls on its chart. @param {EventTarget | null} target */
  function findPlace(target) {
    if (!(target instanceof Element) || target.closest("button, a")) return null;
    return target.closest(".plot")?.querySelector(dash_clientside.elements.OVER) ?? null;
  }

  function giveUp() {
    if (press?.isDrag) dash_clientside.choice.setYear(press.year);
    press = null;
  }

  addEventListener(
    "pointerdown",
    (event) => {
      if (press) return giveUp(); // a second finger
      const place = event.button === 0 && event.isPrimary && findPlace(event.target);
      if (!place) return;
      const year = dash_clientside.choice.shownYear();
      press = { pointer: event.pointerId, x: event.clientX, place, year, isDrag: false };
    },
    true,
  );
  addEventListener(
    "pointermove",
    (event) => {
      if (!press || event.pointerId !== press.pointer) return;
      if (event.pointerType === "mouse" && event.buttons === 0) return giveUp(); // let go outside the window
      if (!press.isDrag && Math.abs(event.clientX - press.x) < DRAG) return;
      // a finger that moves over a slide is a swipe
      if (event.pointerType === "touch" && press.place.closest("[data-swipes]")) return giveUp();
      if (!press.isDrag) dash_clientside.playback.stop();
      press.isDrag = true;
      chooseYear(event, press.place);
    },
    true,
  );
  addEventListener(
    "pointerup",
    (event) => {
      if (!press || event.pointerId !== press.pointer) return;
      const { place } = press;
      press = null;
      dash_clientside.playback.stop();
      chooseYear(event, place);
    },
    true,
  );
  for (const type of ["pointercancel", "lostpointercapture"])
    addEventListener(
      type,
      (event) => {
        // this event also comes after an ordinary end of a press, when there is nothing to take back
        if (press && /** @type {PointerEvent} */ (event).pointerId === press.pointer) giveUp();
      },
      true,
    );
  // the window itself; an element that loses the keyboard to the chart says the same name
  addEventListener("blur", ({ target }) => target === window && giveUp(), true);
  // the page, or what scrolls around the chart
  addEventListener(
    "scroll",
    ({ target }) => {
      if (press && target instanceof Node && target.contains(press.place)) giveUp();
    },
    { capture: true, passive: true },
  );

  dash_clientside.year_press = { positionAt, isPressed: () => press !== null };
}
