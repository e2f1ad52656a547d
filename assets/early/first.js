// Dash asks for the layout and the callbacks of a page before it shows anything. The document brought them along; only
// where it did not are they fetched.
(() => {
  const fetched = window.fetch, FIRST = { "_dash-layout": "first-layout", "_dash-dependencies": "first-dependencies" };
  window.fetch = (address, options) => {
    const url = new URL(address?.url ?? address, location.href), name = url.pathname.split("/").pop(), text = document.getElementById(FIRST[name])?.textContent;
    if (text) return Promise.resolve(new Response(text, { headers: { "Content-Type": "application/json" } }));
    if (name === "_dash-layout") { url.searchParams.set("page", location.pathname + location.search); return fetched(url.href, options); }
    return fetched(address, options);
  };
})();
