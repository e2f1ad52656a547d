// Links within the page: to another view of it, which needs no new document, and to a place on it.
"use strict";
var dash_clientside = dash_clientside || {};
{
  /** What the place in an address names is brought into view, and the keyboard goes on there. @param {string} hash */
  function showPlace(hash) {
    const place = hash ? document.getElementById(hash.slice(1)) : null;
    if (!place) return;
    if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView();
  }

  /** The link of a press that the browser would follow in this window, to this page. @param {MouseEvent} event */
  function findLink(event) {
    if (event.defaultPrevented || event.button !== 0) return null;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
    const link =
      event.target instanceof Element ? event.target.closest("a[data-keeps-view]") : null;
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download"))
      return null;
    if (link.hreflang) return null; // the same view in another language is another document
    return link.origin === location.origin && link.pathname === location.pathname ? link : null;
  }

  document.addEventListener("click", (event) => {
    const link = findLink(event);
    if (!link) return;
    event.preventDefault();
    dash_clientside.address.go(link.search, link.hash);
    showPlace(link.hash);
  });

  dash_clientside.links = { showPlace };
}
