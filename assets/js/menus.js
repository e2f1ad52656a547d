// Menus: one at a time, Escape closes it and gives the keyboard back, arrows go through it.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const findOpen = () =>
    /** @type {HTMLDetailsElement | null} */ (document.querySelector("details.menu[open]"));

  document.addEventListener("click", ({ target }) => {
    const menu = findOpen();
    if (!menu || !(target instanceof Element)) return;
    if (!menu.contains(target) || target.closest(".menu:not(.more) .items")) menu.open = false;
  });
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || !target.matches(".menu[open]")) return;
      for (const other of document.querySelectorAll("details.menu[open]"))
        if (other !== target) other.removeAttribute("open");
    },
    true,
  );
  document.addEventListener(
    "keydown",
    (event) => {
      const menu = findOpen();
      if (!menu) return;
      const items = dash_clientside.elements.findAll(
        ".items :is(a, button, [aria-disabled])",
        menu,
      );
      const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      /** @type {Record<string, number>} */
      const targets = {
        ArrowDown: at + 1,
        ArrowUp: at < 0 ? items.length - 1 : at - 1,
        Home: 0,
        End: items.length - 1,
      };
      const next = targets[event.key];
      if (event.key === "Escape") {
        menu.open = false;
        menu.querySelector("summary")?.focus();
        event.stopImmediatePropagation();
      } else if (next !== undefined && menu.contains(document.activeElement)) {
        items[(next + items.length) % items.length]?.focus();
        event.preventDefault();
      } else if (event.key === "Tab") {
        setTimeout(() => (menu.open = menu.contains(document.activeElement)));
      }
    },
    true,
  );

  dash_clientside.menus = {};
}
