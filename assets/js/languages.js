// The language of the page. Links keep it where the address says it; whatever the script asks says it, for another tab
// may have another, and the cookie is that of whoever chose last. Where there is one language nothing is said.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const NAME = "lang";
  const { lang, dataset } = document.documentElement;
  /** What is the same in every language. */
  const OF_ALL = /\/(assets\/|_dash-(layout|dependencies|component-suites)|health|_reload-hash)/;

  const said = new URLSearchParams(location.search).get(NAME);
  // one that there is not is kept nowhere
  const isKept = said !== null && said.toLowerCase().split(/[-_]/)[0] === lang.split("-")[0];

  /** @param {string} search */
  function withLanguage(search) {
    const params = new URLSearchParams(search);
    params.delete(NAME);
    params.append(NAME, lang);
    return `?${params}`;
  }

  /** A query that says the language where the address of the page does. @param {string} search */
  const keep = (search) => (isKept ? withLanguage(search) : search);

  /** A query that says the language of the page. @param {string} search */
  const say = (search) => (dataset.languages ? withLanguage(search) : search);

  /** What a query says beside the language. @param {string} search */
  function without(search) {
    const params = new URLSearchParams(search);
    if (!params.has(NAME)) return search;
    params.delete(NAME);
    return params.size ? `?${params}` : "";
  }

  /** An address that the script asks, with the language of the page. @param {string} address */
  function speak(address) {
    const url = new URL(address, location.href);
    if (!dataset.languages || url.origin !== location.origin || OF_ALL.test(url.pathname))
      return address;
    url.search = withLanguage(url.search);
    return url.href;
  }

  /** Where a link of ours leads, in the language of the page. @param {string} address */
  function follow(address) {
    const url = new URL(address, location.href);
    url.search = keep(url.search);
    return url.href;
  }

  /** Links to other pages keep the language; those of the switch have one of their own. @param {ParentNode} part */
  function carry(part) {
    if (!isKept) return;
    for (const link of part.querySelectorAll("a[href]:not([hreflang], [data-keeps-view])"))
      if (link instanceof HTMLAnchorElement && link.origin === location.origin)
        if (!link.getAttribute("href")?.startsWith("#")) link.search = keep(link.search);
  }

  dash_clientside.languages = { keep, say, without, speak, follow, carry };
}
