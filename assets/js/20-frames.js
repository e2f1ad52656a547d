// Picks the frame of a year and puts its values where the page asks for them (dashboard/components/bind.py).
window.ipi = window.ipi || {};
ipi.frames = (() => {
  let current = null; // the last answer: texts, tables, list, sparks, charts, first, last

  // The value of something packed by dashboard/frames/steps.py at a position.
  function pick(packed, at) {
    if (packed === null || typeof packed !== "object") return packed;
    if (packed.all) return packed.all[at];
    if (packed.say) return say(packed, at);
    if (packed.each) return packed.each.map(each => pick(each, at));
    if (packed.of) return Object.fromEntries(Object.entries(packed.of).map(([key, each]) => [key, pick(each, at)]));
    if (!packed.from) return packed;
    let k = packed.from.length - 1;
    while (k > 0 && packed.from[k] > at) k--;
    return packed.is[k];
  }

  // A whole number as the language writes it: dashboard/strings, number().
  function written(number) {
    const [from, mark] = current.group;
    return Math.abs(number) < from ? String(number) : String(number).replace(/\B(?=(\d{3})+$)/g, mark);
  }

  const told = value => (typeof value === "number" ? written(value) : value);

  // Sentences packed by dashboard/charts/said.py: kinds of sentences, and what stands in their gaps.
  function say({ say: texts, names, kinds, numbers }, at) {
    const kind = pick(kinds, at), columns = numbers.map(each => pick(each, at));
    return names.map((name, i) => texts[kind[i]].replace(/\{\{|\}\}|\{(\d)\}/g, (gap, k) => (k === undefined ? gap[0] : +k ? written(columns[k - 1][i]) : name)));
  }

  const value = (path, at) => (path in current.texts ? pick(current.texts[path], at) : "");
  const put = (node, name, value) => { if (node[name] !== value) node[name] = value; };
  // A text that is there becomes the next; another in its place would be laid out anew.
  const write = (node, text) => { const { firstChild: only } = node; if (only && !only.nextSibling && only.nodeType === Node.TEXT_NODE) put(only, "data", text); else put(node, "textContent", text); };
  const set = (node, name, value) => { if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value); };

  function marks(node, letters) {
    if (node.dataset.shown === letters) return;
    node.dataset.shown = letters;
    node.style.setProperty("--n", letters.length);
    while (node.children.length > letters.length) node.lastChild.remove();
    [...letters].forEach((letter, i) => put(node.children[i] ?? node.appendChild(document.createElement("i")), "className", "u-" + letter));
  }

  const SVG = "http://www.w3.org/2000/svg", WIDE = 92, TALL = 34;
  function spark(node, { lower, upper }, at) {
    const most = Math.max(...upper, 1), x = i => 2 + (i / Math.max(lower.length - 1, 1)) * (WIDE - 6), y = v => TALL - 3 - (v / most) * (TALL - 7);
    const line = series => series.map((v, i) => (i ? `H${x(i).toFixed(1)}V` : `M${x(i).toFixed(1)} `) + y(v).toFixed(1)).join("");
    if (!node.firstChild) {
      const svg = document.createElementNS(SVG, "svg");
      svg.setAttribute("viewBox", `0 0 ${WIDE} ${TALL}`); svg.setAttribute("class", "spark"); svg.setAttribute("aria-hidden", "true");
      for (const [tag, name] of [["path", "upper"], ["path", "lower"], ["line", "between"], ["circle", "end"]]) {
        const part = document.createElementNS(SVG, tag); part.setAttribute("class", name); svg.append(part);
      }
      node.append(svg);
    }
    const [top, low, between, end] = node.firstChild.children;
    set(top, "d", line(upper)); set(low, "d", line(lower.slice(0, at + 1)));
    set(between, "x1", x(at)); set(between, "x2", x(at)); set(between, "y1", y(lower[at])); set(between, "y2", y(upper[at]));
    set(end, "cx", x(at)); set(end, "cy", y(lower[at])); set(end, "r", 3);
  }

  // Rows that are scrolled out of sight follow when what is seen has been painted.
  const unseen = new WeakSet();
  let behind = [];
  function rest() { behind.splice(0).forEach(fillRow => fillRow()); }
  const watch = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) unseen.delete(target); else unseen.add(target);
    if (entries.some(({ isIntersecting }) => isIntersecting)) rest();
  });
  window.addEventListener("beforeprint", rest, true);

  // The ranked list: one button a row, re-used from year to year; what a row is about is asked of here, not of the page.
  const about = new WeakMap();
  function list(node, at, isLater) {
    const { names, keys, numbers, marks: letters, order } = current.list;
    const number = pick(numbers, at), letter = pick(letters, at), places = pick(order, at) ?? keys.map((_, i) => i);
    node.style.setProperty("--rows", Math.ceil(keys.length / 2));
    node.style.setProperty("--digits", Math.max(...number.map(each => told(each).length)) + "ch");
    const isSame = node.children.length === keys.length;
    while (node.children.length > keys.length) { watch.unobserve(node.lastChild); node.lastChild.remove(); }
    while (node.children.length < keys.length) {
      const row = document.createElement("button"); row.type = "button";
      for (const name of ["name", "count", "marks"]) row.append(Object.assign(document.createElement("span"), { className: name }));
      node.append(row); watch.observe(row);
    }
    const fillRow = (row, place) => {
      const [name, count, squares] = row.children;
      if (about.get(row) !== names[place]) {
        about.set(row, names[place]);
        set(row, "data-set", "country=" + keys[place]); write(name, names[place]);
        set(row, "title", node.dataset.label.replace("{name}", names[place]));
      }
      write(count, told(number[place])); marks(squares, letter[place]);
    };
    places.forEach((place, i) => {
      const row = node.children[i];
      if (isLater && isSame && unseen.has(row)) behind.push(() => fillRow(row, place)); else fillRow(row, place);
    });
  }

  // An address is a link that says where it leads.
  function fill(cell, value) {
    const text = told(value);
    if (!/^https?:\/\//.test(text)) { cell.textContent = text; return; }
    const link = Object.assign(document.createElement("a"), { href: text, target: "_blank", rel: "noopener noreferrer", title: text });
    link.textContent = link.hostname.replace(/^www\./, ""); cell.append(link);
  }

  // The table tab of a chart, made only while it is seen.
  function table(node, at) {
    if (node.hidden) return;
    const { headers, columns, count, order, is_sample: isSample } = current.tables[node.dataset.table], places = pick(order, at);
    const cells = columns.map(column => pick(column, at)), rows = pick(count, at);
    const made = document.createElement("table"), head = made.createTHead().insertRow(), body = made.createTBody();
    const source = node.parentNode.querySelector(".source button");
    made.createCaption().textContent = (isSample && source ? source.textContent + " " : "") + node.parentNode.querySelector("h2 [data-text]").textContent;
    for (const { text, is_number: isNumber } of headers) {
      const cell = document.createElement("th"); cell.scope = "col"; cell.textContent = text; cell.className = isNumber ? "n" : ""; head.append(cell);
    }
    for (let i = 0; i < rows; i++) {
      const row = body.insertRow();
      headers.forEach(({ is_number: isNumber }, k) => { const cell = row.insertCell(); fill(cell, cells[k][places ? places[i] : i]); if (isNumber) cell.className = "n"; });
    }
    node.replaceChildren(made);
  }

  // Everything on the page that shows a value, at the year in this position. Who wants what is unseen to follow later
  // calls `rest` then.
  function show(at, root = document, { isLater = false } = {}) {
    behind = [];
    for (const node of root.querySelectorAll("[data-show]")) {
      const [path, wanted] = node.dataset.show.split("="), found = String(value(path, at) ?? "");
      put(node, "hidden", !(wanted === undefined ? found !== "" : wanted.split("|").includes(found)));
    }
    for (const node of root.querySelectorAll("[data-text]")) write(node, String(value(node.dataset.text, at) ?? ""));
    for (const node of root.querySelectorAll("[data-attributes]"))
      for (const pair of node.dataset.attributes.split(";")) { const [name, path] = pair.split("="); set(node, name, String(value(path, at) ?? "")); }
    for (const node of root.querySelectorAll("[data-marks]")) marks(node, value(node.dataset.marks, at));
    for (const node of root.querySelectorAll("[data-spark]")) spark(node, current.sparks[node.dataset.spark], at);
    for (const node of root.querySelectorAll("[data-list]")) list(node, at, isLater);
    for (const node of root.querySelectorAll("[data-table]")) table(node, at);
  }

  // What several tables and the list have is sent once (dashboard/frames/tabs.py).
  function use(answer) {
    const whole = packed => (packed?.same === undefined ? packed : answer.shared[packed.same]);
    for (const tab of Object.values(answer.tables ?? {})) Object.assign(tab, { columns: tab.columns.map(whole), order: whole(tab.order) });
    for (const [name, packed] of Object.entries(answer.list ?? {})) answer.list[name] = whole(packed);
    current = answer;
  }

  return { pick, told, set, show, rest, get isBehind() { return behind.length > 0; }, table, use, get current() { return current; } };
})();
