// A story of one's own: views collected from cards, kept in this browser and in files, shown by the stage. Where the
// browser keeps nothing, it lasts until the page is left, and that is said.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const KEPT = "story";

  /** @typedef {{chart: string, view: string, headline?: string, title?: string, notes?: string}} Entry */
  /** What an entry can be. @typedef {{charts: string[], most: number, longest: Record<string, number>}} Rules */

  /** The story where the browser keeps nothing. @type {Entry[] | null} */
  let unkept = null;

  const findPanel = () => document.getElementById("story");
  /** @param {string} name of a sentence, as in the catalogue */
  const say = (name) => findPanel()?.getAttribute(`data-${name.replace("_", "-")}`) ?? "";

  /** @returns {Rules} */
  function readRules() {
    const [place] = dash_clientside.elements.findAll("[data-story-rules]");
    return JSON.parse(place?.dataset.storyRules ?? '{"charts":[],"most":0,"longest":{}}');
  }

  /**
   * What is wrong with an entry, by the name of its part; "" where nothing is.
   * @param {any} entry @param {Rules} rules
   */
  function findFault(entry, { charts, longest }) {
    if (entry === null || typeof entry !== "object") return "entry";
    if (!charts.includes(entry.chart)) return "chart";
    const isText = (/** @type {string} */ name) =>
      typeof entry[name] === "string" && entry[name].length <= longest[name];
    if (!isText("view") || !/^(\?|$)/.test(entry.view)) return "view";
    const optional = ["headline", "title", "notes"];
    return optional.every((name) => entry[name] === undefined || isText(name)) ? "" : "title";
  }

  /** The entries that are kept, without what is none. @returns {Entry[]} */
  function read() {
    if (unkept) return unkept;
    try {
      const found = JSON.parse(localStorage.getItem(KEPT) ?? "[]"),
        rules = readRules();
      return found
        .filter((/** @type {unknown} */ entry) => !findFault(entry, rules))
        .slice(0, rules.most);
    } catch {
      return [];
    }
  }

  /** Whether the browser keeps them. @param {Entry[]} entries */
  function keep(entries) {
    try {
      const text = JSON.stringify(entries);
      localStorage.setItem(KEPT, text);
      unkept = localStorage.getItem(KEPT) === text ? null : entries;
    } catch {
      unkept = entries;
    }
    return unkept === null;
  }

  /** @param {Entry[]} entries */
  function write(entries) {
    const isKept = keep(entries);
    showList();
    return isKept;
  }

  /** Adds a card as it is now. @param {string} chart */
  function add(chart) {
    const { showNote } = dash_clientside.announcements,
      entries = read();
    if (entries.length >= readRules().most) return showNote(say("full"));
    const view = dash_clientside.address.changed(
      dash_clientside.address.wholeQuery(),
      "room=&lang=",
    );
    const headline =
      document.querySelector(`#headline-${chart} [data-text]`)?.textContent?.trim() ?? "";
    const isKept = write([...entries, { chart, view, headline, title: "", notes: "" }]);
    showNote(say(isKept ? "added" : "closed"));
  }

  // ---- the panel
  /** @param {number} at @param {Partial<Entry>} changed the fields stay as they are: somebody is in the next one */
  const change = (at, changed) =>
    keep(read().map((entry, i) => (i === at ? { ...entry, ...changed } : entry)));

  /** @param {number} from @param {number} to */
  function move(from, to) {
    const entries = [...read()];
    entries.splice(to, 0, ...entries.splice(from, 1));
    write(entries);
  }

  /**
   * A row of the panel, from its template.
   * @param {Entry} entry @param {number} at @param {HTMLTemplateElement} template @param {number} last
   */
  function buildRow(entry, at, template, last) {
    const row = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    const [title] = row.getElementsByTagName("input"),
      [notes] = row.getElementsByTagName("textarea"),
      [link] = row.getElementsByTagName("a");
    title.value = entry.title || entry.headline || "";
    notes.value = entry.notes ?? "";
    link.search = dash_clientside.languages.keep(entry.view);
    link.append(entry.view || "/");
    title.addEventListener("change", () => {
      const text = title.value.trim();
      change(at, { title: text === entry.headline ? "" : text });
    });
    notes.addEventListener("change", () => change(at, { notes: notes.value.trim() }));
    const acts = {
      up: () => move(at, at - 1),
      down: () => move(at, at + 1),
      remove: () => write(read().filter((_, i) => i !== at)),
    };
    for (const [name, act] of Object.entries(acts)) {
      const button = /** @type {HTMLButtonElement} */ (row.querySelector(`[data-move=${name}]`));
      button.addEventListener("click", act);
      button.disabled = (name === "up" && at === 0) || (name === "down" && at === last);
    }
    return row;
  }

  function showList() {
    const panel = findPanel(),
      template = panel?.querySelector("template"),
      opens = document.getElementById("story-open");
    if (!panel || !template || !opens) return;
    const entries = read();
    panel
      .querySelector("ol")
      ?.replaceChildren(
        ...entries.map((entry, i) => buildRow(entry, i, template, entries.length - 1)),
      );
    const { findAll } = dash_clientside.elements;
    for (const node of findAll(".story-none", panel)) node.hidden = entries.length > 0;
    for (const node of findAll("[data-needs]", panel)) node.hidden = !entries.length;
    // the stage reads it out of the storage
    for (const node of findAll("[data-needs=storage]", panel)) node.hidden ||= unkept !== null;
    for (const node of findAll(".story-unkept", panel)) node.hidden = unkept === null;
    for (const node of findAll(".story-kept", panel)) node.hidden = unkept !== null;
    opens.hidden = !entries.length;
    opens.textContent = (opens.dataset.label ?? "").replace("{count}", String(entries.length));
  }

  // ---- files
  function saveFile() {
    const text = JSON.stringify({ story: read() }, null, 2);
    dash_clientside.take.save(new Blob([text], { type: "application/json" }), "story.json");
  }

  /** @param {HTMLElement} button */
  async function saveSlides({ dataset: { href = "", failed } }) {
    const headers = { "Content-Type": "application/json" },
      body = JSON.stringify({ views: read() });
    try {
      await dash_clientside.take.saveReply(await fetch(href, { method: "POST", headers, body }));
    } catch {
      dash_clientside.announcements.showNote(failed);
    }
  }

  /**
   * The entries of a file, or what is wrong with it, in sentences.
   * @param {string} text @param {string} name @param {Rules} rules
   */
  function readFile(text, name, rules) {
    let found = null;
    try {
      found = JSON.parse(text).story;
    } catch {
      // said below
    }
    if (!Array.isArray(found) || found.length > rules.most)
      return { entries: [], faults: [say("bad_file").replace("{file}", name)] };
    const faults = found.flatMap((entry, i) => {
      const fault = findFault(entry, rules),
        place = say("bad_in")
          .replace("{file}", name)
          .replace("{at}", String(i + 1));
      return fault ? [`${place} ${say(`bad_${fault}`)}`] : [];
    });
    return { entries: found, faults };
  }

  /** @param {HTMLInputElement} input */
  async function loadFile(input) {
    const file = input.files?.[0],
      place = findPanel()?.querySelector(".story-wrong");
    if (!file || !place) return;
    const { entries, faults } = readFile(await file.text(), file.name, readRules());
    place.replaceChildren(
      ...faults.map((text) => Object.assign(document.createElement("p"), { textContent: text })),
    );
    if (!faults.length) write(entries);
    input.value = "";
  }

  /** @type {Record<string, (button: HTMLElement) => void>} */
  const ACTS = {
    open: () => /** @type {HTMLDialogElement | null} */ (findPanel())?.showModal(),
    save: saveFile,
    slides: saveSlides,
    load: () => document.getElementById("story-file")?.click(),
  };

  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("button");
    if (!button) return;
    const { addStory, story } = button.dataset;
    if (addStory !== undefined) add(addStory);
    else if (story !== undefined) ACTS[story]?.(button);
  });
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.id === "story-file") loadFile(target);
  });
  addEventListener("storage", showList); // another tab

  dash_clientside.story = { read, findFault, showList };
}
