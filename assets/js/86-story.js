// A story of one's own: views collected from cards, kept in this browser and in files, shown by the stage.
window.ipi = window.ipi || {};
ipi.story = (() => {
  const KEPT = "story", MOST = 40, LONGEST_TITLE = 76, LONGEST_VIEW = 400, LONGEST_NOTES = 4000, $ = id => document.getElementById(id);

  function read() { try { const found = JSON.parse(localStorage.getItem(KEPT) ?? "[]"); return Array.isArray(found) ? found.filter(each => !wrong(each)).slice(0, MOST) : []; } catch { return []; } }
  function keep(entries) { try { localStorage.setItem(KEPT, JSON.stringify(entries)); } catch { ipi.controls.say($("story").dataset.closed); } }
  function write(entries) { keep(entries); list(); }

  // What is wrong with an entry, by the name of its text; "" where nothing is.
  const charts = () => ($("story")?.dataset.charts ?? $("models")?.dataset.charts ?? "").split(" ");
  function wrong(entry) {
    const isText = (value, longest) => value === undefined || (typeof value === "string" && value.length <= longest);
    if (entry === null || typeof entry !== "object") return "entry";
    if (!charts().includes(entry.chart)) return "chart";
    if (typeof entry.view !== "string" || entry.view.length > LONGEST_VIEW || (entry.view && entry.view[0] !== "?")) return "view";
    return isText(entry.title, LONGEST_TITLE) && isText(entry.notes, LONGEST_NOTES) && isText(entry.headline, 300) ? "" : "title";
  }

  // ---- for the stage
  const query = () => "/_stage/views?" + read().map(({ chart, view }) => new URLSearchParams({ chart, view })).join("&");
  const titleOf = i => read()[i]?.title ?? "";
  const notesOf = i => read()[i]?.notes ?? "";
  function build(stage, models) {
    stage.replaceChildren(...read().map(({ chart }, i) => {
      const slide = models.querySelector(`.of-${chart}`).cloneNode(true), plot = slide.querySelector("[data-plot]");
      if (plot) plot.dataset.plot = "mine-" + i;
      return slide;
    }), ...(read().length ? [] : [stage.querySelector(".lost") ?? document.createElement("div")]));
  }

  // ---- collecting
  function add(chart) {
    const entries = read(), search = ipi.address.params(), { added, full } = $("story").dataset;
    search.delete("room");
    if (entries.length >= MOST) return ipi.controls.say(full);
    const headline = $("headline-" + chart)?.querySelector("[data-text]")?.textContent ?? "";
    write([...entries, { chart, view: ipi.address.spelled(search), headline, title: "", notes: "" }]);
    ipi.controls.say(added);
  }

  // ---- the panel
  function field(tag, value, label, longest, change) {
    const made = Object.assign(document.createElement(tag), { value, maxLength: longest, placeholder: label });
    made.setAttribute("aria-label", label); made.addEventListener("change", () => change(made.value.trim()));
    return made;
  }
  function button(icon, label, act, isDisabled = false) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button icon-only", title: label, disabled: isDisabled });
    made.setAttribute("aria-label", label); made.append(Object.assign(document.createElement("i"), { className: "icon icon-" + icon })); made.addEventListener("click", act);
    return made;
  }
  function moved(entries, from, to) { const next = [...entries]; next.splice(to, 0, ...next.splice(from, 1)); return next; }

  function list() {
    const panel = $("story"), entries = read();
    if (!panel) return;
    const { up, down, remove, retitle: title, notes, view } = panel.dataset;
    panel.querySelector("ol").replaceChildren(...entries.map((entry, i) => {
      const row = document.createElement("li"), place = document.createElement("small"), change = what => keep(read().map((each, k) => (k === i ? { ...each, ...what } : each))); // the fields stay as they are: somebody is in the next one
      place.append(Object.assign(document.createElement("a"), { href: "/" + entry.view, textContent: view + " " + (entry.view || "/") }));
      row.append(field("input", entry.title || entry.headline || "", title, LONGEST_TITLE, text => change({ title: text === entry.headline ? "" : text })),
        button("earlier", up, () => write(moved(read(), i, i - 1)), i === 0), button("later", down, () => write(moved(read(), i, i + 1)), i === entries.length - 1), button("close", remove, () => write(read().filter((_, k) => k !== i))),
        field("textarea", entry.notes || "", notes, LONGEST_NOTES, text => change({ notes: text })), place);
      return row;
    }));
    panel.querySelector(".story-none").hidden = entries.length > 0;
    for (const act of panel.querySelectorAll("[data-needs]")) act.hidden = !entries.length;
    $("story-open").hidden = !entries.length;
    $("story-open").textContent = $("story-open").dataset.label.replace("{count}", entries.length);
  }

  // ---- files
  function give(file, name) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name });
    link.click(); setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  const save = () => give(new Blob([JSON.stringify({ story: read() }, null, 2)], { type: "application/json" }), "story.json");
  async function slides() {
    try {
      const reply = await fetch("/_stage/views.pptx", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ views: read() }) });
      if (!reply.ok) throw new Error(reply.status);
      give(await reply.blob(), "story.pptx");
    } catch { ipi.controls.say($("story").dataset.noSlides); }
  }
  async function loadFile(file) {
    const panel = $("story"), said = panel.querySelector(".story-wrong"), { badFile, badIn } = panel.dataset;
    let found = null; try { found = JSON.parse(await file.text()).story; } catch { /* said below */ }
    const faults = Array.isArray(found) && found.length <= MOST ? found.map((entry, i) => [wrong(entry), i + 1]).filter(([fault]) => fault) : null;
    said.replaceChildren(...(faults === null ? [badFile.replace("{file}", file.name)] : faults.map(([fault, at]) => badIn.replace("{file}", file.name).replace("{at}", at) + " " + panel.dataset["bad" + fault[0].toUpperCase() + fault.slice(1)])).map(text => Object.assign(document.createElement("p"), { textContent: text })));
    if (faults?.length === 0) write(found);
  }

  function start() {
    if (!$("story")) return;
    list();
    document.addEventListener("click", ({ target }) => {
      const pressed = target.closest("[data-add-story],#story-open,[data-story]");
      if (!pressed) return;
      if ("addStory" in pressed.dataset) add(pressed.dataset.addStory);
      else if (pressed.id === "story-open") $("story").showModal();
      else if (pressed.dataset.story === "save") save();
      else if (pressed.dataset.story === "slides") slides();
      else if (pressed.dataset.story === "load") $("story-file").click();
    });
    const files = Object.assign(document.createElement("input"), { type: "file", accept: ".json,application/json", id: "story-file", hidden: true });
    files.addEventListener("change", () => { if (files.files[0]) loadFile(files.files[0]).finally(() => { files.value = ""; }); });
    $("story").append(files);
    window.addEventListener("storage", list); // another tab
  }
  if (location.pathname !== "/present") queueMicrotask(start);

  return { query, titleOf, notesOf, build, read };
})();
