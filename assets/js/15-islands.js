// The page is in the document before Dash is. What Dash holds it shows in places that are there already, instead of what
// was written into them (dashboard/components/island.py); its scripts run when the figures are drawn.
window.ipi = window.ipi || {};
ipi.islands = (() => {
  let left = null, isHere = false, arrived;
  const here = new Promise(done => { arrived = done; }).then(() => { isHere = true; });

  // What has the keyboard inside a place has it again after a change of what stands there.
  function keepFocus(place, change) {
    const inside = () => [...place.querySelectorAll("a[href], button, input, select, summary, [tabindex]")];
    const { activeElement: active } = document, at = place.contains(active) ? inside().indexOf(active) : -1;
    change();
    if (at >= 0) (document.getElementById(active.id) ?? inside()[at])?.focus({ preventScroll: true });
  }

  function Island({ into, children }) {
    const place = document.getElementById(into);
    React.useLayoutEffect(() => {
      keepFocus(place, () => place.firstElementChild.remove());
      left ??= document.querySelectorAll(".island").length;
      if (!--left) arrived();
    }, []);
    return ReactDOM.createPortal(children, place);
  }
  window.ipi_islands = { Island, Wire: () => null };

  // When somebody is there and the screen shows what was drawn last; one after the other, each in a turn of its own, so
  // that the page can be used meanwhile.
  let isLoading = false;
  async function load() {
    if (isLoading) return;
    isLoading = true;
    await ipi.somebody.come;
    if (!document.hidden) await ipi.twoFrames();
    for (const src of document.getElementById("react-entry-point").dataset.scripts.split(" ")) document.head.append(Object.assign(document.createElement("script"), { src, async: false }));
  }
  // Properties of a component, as soon as Dash has it.
  const set = (id, props) => here.then(() => dash_clientside.set_props(id, props));

  return { here, load, set, keepFocus, get isHere() { return isHere; } };
})();
