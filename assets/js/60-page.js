// Brings it together: an answer arrives, a year is chosen, the address changes. Year changes never ask the server.
window.ipi = window.ipi || {};
ipi.page = (() => {
  const $ = id => document.getElementById(id);
  const ANY = "any"; // a list in which nothing is chosen (dashboard/frames/answer.py)
  let position = 0, isWaiting = 0, lastPushed = null;

  const frames = () => ipi.frames.current;
  const at = () => frames().first + position;
  const ready = is => { document.body.dataset.ready = String(is); };

  // A page without the slider shows all years; one that the address brings along is kept for the other pages.
  const isOfEveryYear = () => document.querySelector("[data-every-year]") !== null;

  // ---- showing
  let turn = 0;
  async function draw() {
    const mine = ++turn;
    ready(false);
    ipi.frames.show(position, document, { isLater: true });
    ipi.controls.shown(at(), frames().first, frames().last);
    await ipi.plots.show(frames().charts, position);
    // a font that arrives makes lines of text, and so the places of figures, higher or lower
    if (document.fonts.status === "loading") { await document.fonts.ready; await ipi.plots.resize(); }
    ipi.islands.load();
    if (ipi.somebody.isHere) await ipi.islands.here;
    if (mine === turn && !isWaiting) ready(true);
    if (ipi.frames.isBehind) { await ipi.nextFrame(); if (mine === turn) ipi.frames.rest(); }
  }

  // Many steps of a drag within one frame of the screen are two: the first, at once, and the last.
  let isDrawn = false, isBehind = false;
  function soon() {
    ready(false);
    if (isDrawn) { isBehind = true; return; }
    isDrawn = true;
    draw();
    requestAnimationFrame(() => { isDrawn = false; if (isBehind) { isBehind = false; soon(); } });
  }

  // ---- the year
  function year(wanted, { replace = false } = {}) {
    const { first, last } = frames(), next = Math.min(Math.max(wanted, first), last);
    const search = ipi.address.withValues("year", next === last ? [] : [next]);
    // steps of one drag replace each other; letting go leaves one entry in the history
    if (replace) { lastPushed ??= ipi.address.search(); ipi.address.write(search, { replace, later: true }); }
    else {
      if (lastPushed !== null) ipi.address.write(lastPushed, { replace: true, later: true });
      lastPushed = null; ipi.address.write(search, { later: true });
    }
    if (next - first !== position) { position = next - first; soon(); }
  }

  // ---- everything else
  function go(search) { lastPushed = null; ipi.address.write(search); follow(); }
  function toggle(name, value, { stays = false, isMany = name === "region" } = {}) {
    const has = ipi.address.values(name);
    if (name === "year") return year(+value);
    if (isMany) return go(ipi.address.withValues(name, has.includes(value) ? has.filter(each => each !== value) : [...has, value]));
    go(ipi.address.withValues(name, has.includes(value) && !stays ? [] : [value]));
  }
  // a page's own question, perhaps with another that it ends; equal ones ask nothing
  const put = (name, value, clears) => { const search = ipi.address.withValues(name, [value], clears); if (search !== ipi.address.search()) go(search); };
  const clear = name => go(ipi.address.withValues(name, []));
  const reset = () => go("");

  // The address changed: another year of the same answer, or another answer.
  function follow() {
    if (!frames()) return;
    const search = ipi.address.search();
    // while an answer is on its way, what counts is that one: to go back to what is still shown is another question
    if (ipi.address.without("year", search) !== ipi.address.without("year", isWaiting ? asked : frames().query)) return ask();
    const wanted = isOfEveryYear() ? null : new URLSearchParams(search).get("year"), { first, last } = frames();
    position = Math.min(Math.max(wanted === null ? last : +wanted || last, first), last) - first;
    draw();
  }
  // One question at a time, and of those that come meanwhile the last.
  let asked = "", isAgain = false, hasFailed = false;
  function ask() { ready(false); if (isWaiting && !hasFailed) isAgain = true; else send(); }
  function send() {
    isWaiting = 1; isAgain = hasFailed = false; asked = ipi.address.search();
    ipi.view.ask(location.pathname + asked, { onTrouble: waits, onFailure: failed, onReturn: () => ipi.controls.say($("notices")?.dataset.again ?? "") }).then(arrive);
  }

  function arrive(reply) {
    if (!reply) return;
    isWaiting = 0;
    if (isAgain) return send();
    const answer = { ...reply.frames }; // which may be asked for again
    for (const [id, html] of Object.entries(reply.parts)) fill($(id), html);
    // the year may have been moved while the answer was on its way
    const now = ipi.address.params().get("year");
    if (now !== new URLSearchParams(asked).get("year")) answer.year = now === null ? null : Math.min(Math.max(+now || answer.last, answer.first), answer.last);
    // the one spelling of the choice, so that what is copied is what is shown
    const search = new URLSearchParams(answer.query);
    if (answer.year !== null) search.append("year", answer.year);
    ipi.address.write(ipi.address.spelled(search), { replace: true, later: true });
    use(answer);
  }

  // A part of the page that the server wrote anew; what had the keyboard has it again.
  function fill(part, html) {
    if (!part) return;
    ipi.islands.keepFocus(part, () => { part.innerHTML = html; });
    ipi.address.carry(part);
  }

  // An answer of newer data than the document's: what is on the page beside the answer is of the older.
  let version = null;
  function newer(answer) {
    version ??= answer.version;
    if (answer.version === version || !$("notices")) return;
    const note = Object.assign(document.createElement("div"), { className: "notice" }), { newer: text, reload: label } = $("notices").dataset;
    const words = Object.assign(document.createElement("div"), { textContent: text });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label });
    button.dataset.reload = "";
    note.append(words, button); $("notices").prepend(note);
  }

  function use(answer) {
    document.documentElement.toggleAttribute("data-room", new URLSearchParams(answer.query).has("room")); // before anything is measured
    ipi.frames.use(answer);
    position = (isOfEveryYear() ? answer.last : answer.year ?? answer.last) - answer.first;
    for (const [id, props] of Object.entries(answer.controls)) if ($(id)) ipi.islands.set(id, props);
    if ($("chosen")) chips(answer.chosen);
    if ($("notices")) notices(answer.notices);
    newer(answer);
    pressed();
    return draw();
  }

  // ---- parts of the page that follow the choice
  function chips(chosen) {
    const label = $("chosen").dataset.remove;
    $("chosen").replaceChildren(...chosen.map(({ name, value, label: text, many }) => {
      const chip = Object.assign(document.createElement("button"), { type: "button", className: "chip chosen", title: label.replace("{name}", text) });
      chip.dataset.set = `${name}=${value}`; if (many) chip.dataset.many = many; chip.setAttribute("aria-label", chip.title);
      chip.append(text, Object.assign(document.createElement("i"), { className: "icon icon-close" }));
      return chip;
    }));
    $("reset").hidden = ipi.address.search() === "";
  }
  function notices(texts, { heading = $("notices").dataset.heading, retry = false } = {}) {
    const box = $("notices"), { dismiss, retry: again } = box.dataset;
    if (!texts.length) return box.replaceChildren();
    const note = Object.assign(document.createElement("div"), { className: "notice" }), words = document.createElement("div");
    words.append(...(heading ? [Object.assign(document.createElement("b"), { textContent: heading })] : []), ...texts.map(text => Object.assign(document.createElement("div"), { textContent: text })));
    const close = Object.assign(document.createElement("button"), { type: "button", title: dismiss });
    close.dataset.dismiss = ""; close.setAttribute("aria-label", dismiss); close.append(Object.assign(document.createElement("i"), { className: "icon icon-close" }));
    note.append(words);
    if (retry) { const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: again }); button.dataset.retry = ""; note.append(button); }
    note.append(close); box.replaceChildren(note);
  }
  // Buttons that stand for a value of the address show whether it is chosen; the first of a group is the default.
  function pressed() {
    for (const button of document.querySelectorAll("[data-set][aria-pressed]")) {
      const [name, value] = button.dataset.set.split("="), chosen = ipi.address.values(name);
      const isFirst = !("many" in button.dataset) && button === button.parentNode.querySelector("[data-set]");
      button.setAttribute("aria-pressed", String(chosen.length ? chosen.includes(value) : isFirst));
    }
    for (const button of document.querySelectorAll("[data-clear=region]")) button.setAttribute("aria-pressed", String(!ipi.address.values("region").length));
  }

  function sources(chart) { ipi.islands.set("sources-of", { data: { chart, address: location.pathname + ipi.address.search() } }); $("sources").showModal(); }
  function refresh({ resized = false } = {}) { if (!frames()) return; if (resized) ipi.plots.resize(); return draw(); }
  const recolour = () => ipi.plots.recolour(frames().charts, position);

  const wholeMap = name => ipi.plots.whole(name, frames().charts[name], position);

  // ---- with Dash
  function chosen(search, name, values) {
    const next = new URLSearchParams(search);
    next.delete(name);
    values.filter(value => value && value !== ANY).forEach(value => next.append(name, value));
    return ipi.address.spelled(next);
  }
  // What a native control says; compared with the address, because Dash also calls this when we set it.
  function choose(basis, regions, state, wave) {
    if (!frames()) return;
    let search = ipi.address.search();
    const shown = frames().controls, change = (name, values) => { search = chosen(search, name, values); };
    const same = (a, b) => JSON.stringify([...(a || [])].sort()) === JSON.stringify([...(b || [])].sort());
    // a control that this page does not have says nothing
    if (basis != null && basis !== shown["filter-basis"].value) change("basis", [basis]);
    if (regions != null && !same(regions, shown["filter-region"].value)) change("region", regions);
    if (state != null && state !== shown["filter-state"].value) change("state", [state]);
    if (wave != null && wave !== shown["filter-wave"].value) change("wave", [wave]);
    if (search !== ipi.address.search()) go(search);
  }

  // The regions are asked for most: when pointer or keyboard come to one, shown at the click, not after Dash has told
  // itself of it. Who pays for what is moved is asked for it at the press.
  const checked = id => ($(id) ? [...$(id).querySelectorAll("input:checked")].map(box => box.value) : null);
  const COMING = ["pointerover", "focusin"], PRESSED = ["pointerdown", "keydown"];
  function foresee({ type, target, button, key }) {
    const box = target.closest?.("#filter-region label")?.control ?? target.closest?.("#filter-region input");
    if (!box || button > 0 || !(key === undefined || key === " ") || !frames() || isWaiting) return;
    if (COMING.includes(type) && navigator.connection?.saveData) return;
    const values = [...$("filter-region").querySelectorAll("input")].filter(each => each.checked !== (each === box)).map(each => each.value);
    ipi.view.ahead(location.pathname + chosen(ipi.address.search(), "region", values));
  }
  for (const type of [...COMING, ...PRESSED]) window.addEventListener(type, foresee, true);
  window.addEventListener("click", event => { if (event.target.matches?.("#filter-region input")) choose(null, checked("filter-region"), null, null); }, true);
  // Until Dash has the controls, they say it themselves.
  window.addEventListener("change", event => {
    if (!ipi.islands.isHere && event.target.closest(".island")) choose(checked("filter-basis")?.[0], null, $("filter-state")?.value, $("filter-wave")?.value);
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, { page: { choose } });

  // What happens to a question: the server is away and is asked again; it says no; other requests of Dash fail.
  function waits() { if (isWaiting && $("notices")) notices([$("notices").dataset.failed, $("notices").dataset.waiting], { heading: "", retry: true }); }
  function failed() { hasFailed = true; if (isWaiting && $("notices")) notices([$("notices").dataset.failed], { heading: "", retry: true }); }

  // ---- the start: the document brought its first answer along
  function start() {
    ipi.plots.onNew = ipi.controls.wirePlot;
    if ($("stage")) return ipi.stage.start(); // it has frames, an address and keys of its own
    if (!$("first-frames")) return;
    const answer = JSON.parse($("first-frames").textContent);
    const search = new URLSearchParams(answer.query);
    if (answer.year !== null) search.append("year", answer.year);
    ipi.address.write(ipi.address.spelled(search), { replace: true });
    window.addEventListener("popstate", () => { ipi.address.flush(); lastPushed = null; follow(); });
    ipi.address.carry();
    ipi.islands.here.then(() => ipi.frames.show(position)); // Dash writes its labels without values
    if (!ipi.somebody.isHere) ipi.somebody.come.then(() => refresh()); // what waited is drawn
    use(answer).then(goTo);
  }
  // Figures and lists were not there when the browser looked for the part that its address names.
  function goTo() {
    const part = location.hash && document.getElementById(location.hash.slice(1));
    if (part) part.scrollIntoView();
  }
  ipi.breath().then(start); // when all files of ours have run

  return { year, at, toggle, put, clear, reset, ask, refresh, recolour, wholeMap, sources };
})();
