// On paper: its own layout and the light colours, figures drawn again for its width, and every source on the last
// sheet. A browser prints what stands there when `beforeprint` ends, so nothing here waits.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const root = document.documentElement;
  /** What has to be put back, null on the screen. @type {(() => void)[] | null} */
  let mendings = null;

  const findSheet = () => document.getElementById("paper-sources");

  /** @param {any} value @param {Record<string, string>} colours @returns {any} */
  function recolour(value, colours) {
    if (typeof value === "string") return colours[value.toLowerCase()] ?? value;
    if (Array.isArray(value)) return value.map((each) => recolour(each, colours));
    if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, recolour(each, colours)]),
    );
  }

  /**
   * Draws a figure at the size of its place; gives what draws it again as it was.
   * @param {PlotlyGraph} gd @param {Record<string, string>} colours
   */
  function drawForPaper(gd, colours) {
    const { data, layout, clientWidth: width, clientHeight: height } = gd;
    Plotly.react(gd, recolour(data, colours), { ...recolour(layout, colours), width, height });
    return () => Plotly.react(gd, data, layout);
  }

  function putOnPaper() {
    if (mendings) return;
    const theme = root.dataset.theme ?? "light",
      { colours: others = "{}" } = findSheet()?.dataset ?? {};
    root.dataset.print = "";
    root.dataset.theme = "light";
    listSources();
    mendings = [
      () => delete root.dataset.print,
      () => (root.dataset.theme = theme),
      dash_clientside.unit_chart.splitRuns(document),
    ];
    const colours = theme === "light" ? {} : JSON.parse(others);
    for (const node of dash_clientside.elements.findAll(".js-plotly-plot")) {
      const gd = /** @type {PlotlyGraph} */ (node);
      if (gd.data && gd.clientWidth && gd.clientHeight) mendings.push(drawForPaper(gd, colours));
    }
  }

  function takeOffPaper() {
    for (const mend of mendings ?? []) mend();
    mendings = null;
    findSheet()?.replaceChildren();
  }

  /** The one request that nothing waits for elsewhere: printing does not wait for an answer. */
  function listSources() {
    const place = findSheet(),
      request = new XMLHttpRequest();
    if (!place) return;
    try {
      const address = (place.dataset.href ?? "") + dash_clientside.address.wholeQuery();
      request.open("GET", address, false);
      request.send();
    } catch {
      return;
    }
    if (request.status !== 200) return;
    const heading = document.createElement("h2"),
      list = document.createElement("ol");
    heading.textContent = place.dataset.heading ?? "";
    for (const { title, address } of JSON.parse(request.responseText)) {
      const item = document.createElement("li");
      item.textContent = address ? `${title} ${address}` : title;
      list.append(item);
    }
    if (list.childElementCount) place.replaceChildren(heading, list);
  }

  addEventListener("beforeprint", putOnPaper);
  addEventListener("afterprint", takeOffPaper);

  dash_clientside.print = { recolour, printPage: () => window.print() };
}
