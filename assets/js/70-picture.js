// A card as a picture: headline, figure, legend, note and source in one SVG of real shapes and real text, so that it
// opens in Inkscape and PowerPoint too. It draws what the browser laid out: boxes, borders, hatching, lines of text.
window.ipi = window.ipi || {};
ipi.picture = (() => {
  const SVG = "http://www.w3.org/2000/svg", PAD = 8, FOOT = 24, MOST_TURNS = 12, BETWEEN_TURNS = 80;
  const LOOKS = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "paint-order", "text-anchor", "font-family", "font-size", "font-weight", "display"];
  const ruler = document.createElement("canvas").getContext("2d");
  let made = 0; // patterns and gradients need names of their own within a page

  function node(tag, attributes = {}, ...inside) {
    const found = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== "") found.setAttribute(name, value);
    found.append(...inside);
    return found;
  }
  const round = number => +number.toFixed(2);
  const isClear = colour => !colour || colour === "transparent" || /^rgba\(.*, 0\)$/.test(colour);
  const COLOUR = /(?:rgba?|color)\([^)]*\)|transparent/g;

  // What fills a box: stripes (hatching), a gradient or a plain colour.
  function paint(style, defs) {
    const image = style.backgroundImage, colours = image.match(COLOUR) || [];
    if (!image.includes("gradient") || !colours.length) return isClear(style.backgroundColor) ? null : style.backgroundColor;
    const id = "ipi-fill-" + made++, ground = colours.at(-1);
    if (image.startsWith("repeating"))
      defs.append(node("pattern", { id, width: 3.6, height: 3.6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, ...(isClear(ground) ? [] : [node("rect", { width: 3.6, height: 3.6, fill: ground })]), node("rect", { width: 1.4, height: 3.6, fill: colours[0] })));
    else defs.append(node("linearGradient", { id }, node("stop", { "stop-color": colours[0] }), node("stop", { offset: 1, "stop-color": ground })));
    return `url(#${id})`;
  }

  function box(style, { left, top, width, height }, defs) {
    const parts = [], radius = style.borderTopLeftRadius.endsWith("%") ? width / 2 : parseFloat(style.borderTopLeftRadius) || 0;
    const rect = (inset, look) => node("rect", { x: round(left + inset), y: round(top + inset), width: round(Math.max(width - 2 * inset, 0)), height: round(Math.max(height - 2 * inset, 0)), rx: radius ? round(Math.min(radius, width / 2)) : "", ...look });
    const fill = paint(style, defs), sides = ["Top", "Right", "Bottom", "Left"].map(side => ({ wide: parseFloat(style[`border${side}Width`]), ink: style[`border${side}Color`], kind: style[`border${side}Style`] }));
    if (fill) parts.push(rect(0, { fill }));
    const inset = /^((?:rgba?|color)\([^)]*\)) 0px 0px 0px ([\d.]+)px inset/.exec(style.boxShadow);
    if (inset) parts.push(rect(inset[2] / 2, { fill: "none", stroke: inset[1], "stroke-width": inset[2] }));
    const drawn = sides.map(({ wide, ink, kind }) => wide > 0 && kind !== "none" && !isClear(ink));
    const dash = ({ kind, wide }) => (kind === "dashed" ? `${3 * wide} ${2 * wide}` : "");
    if (drawn.every(Boolean)) parts.push(rect(sides[0].wide / 2, { fill: "none", stroke: sides[0].ink, "stroke-width": sides[0].wide, "stroke-dasharray": dash(sides[0]) }));
    else {
      const ends = [[left, top, left + width, top], [left + width, top, left + width, top + height], [left, top + height, left + width, top + height], [left, top, left, top + height]];
      sides.forEach((side, i) => { if (drawn[i]) { const [x1, y1, x2, y2] = ends[i].map(round); parts.push(node("line", { x1, y1, x2, y2, stroke: side.ink, "stroke-width": side.wide, "stroke-dasharray": dash(side) })); } });
    }
    return parts;
  }

  // The lines of a text as the browser broke them, at blanks and hyphens: what each says, and its place.
  function lines(text) {
    const range = document.createRange(), found = [];
    let end = 0;
    for (const { 0: word, index } of text.data.matchAll(/[^\s-]*-+|[^\s-]+/g)) {
      range.setStart(text, index); range.setEnd(text, index + word.length);
      const place = range.getClientRects()[0], last = found.at(-1), gap = index > end ? " " : "";
      end = index + word.length;
      if (!place) continue;
      if (last && Math.abs(last.top - place.top) < 2) { last.said += gap + word; last.right = place.right; }
      else found.push({ said: word, left: place.left, top: place.top, right: place.right, height: place.height });
    }
    return found;
  }

  function write(text, style, clip) {
    // under the room switch letters are larger than their style says
    const size = parseFloat(style.fontSize) * (text.parentElement.currentCSSZoom || 1) + "px";
    ruler.font = `${style.fontWeight} ${size} ${style.fontFamily}`;
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = ruler.measureText("x"), isRight = style.direction === "rtl";
    return lines(text).map(({ said: whole, left, top, right, height }) => {
      const room = clip.right - left, isCut = right > clip.right + 1 && room > 0;
      let said = whole;
      if (isCut) said = said.slice(0, Math.max(Math.floor((said.length * room) / (right - left)) - 1, 1)).trimEnd() + "…";
      return node("text", { x: round(isRight ? right : left), y: round(top + (height - up - down) / 2 + up), fill: style.color, "font-family": style.fontFamily, "font-size": size, "font-weight": style.fontWeight, "letter-spacing": style.letterSpacing === "normal" ? "" : style.letterSpacing, direction: isRight ? "rtl" : "",
        // another font on another machine takes the same room
        ...(isCut || said.length < 2 ? {} : { textLength: round(right - left), lengthAdjust: "spacingAndGlyphs" }) }, said);
    });
  }

  // A drawing of the page (what moves over the growth chart) with its looks written into it.
  function drawing(svg) {
    const copy = svg.cloneNode(true), from = [svg, ...svg.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
    from.forEach((each, i) => {
      const style = getComputedStyle(each), into = to[i];
      into.removeAttribute("class"); into.removeAttribute("style");
      for (const name of LOOKS) { const value = style.getPropertyValue(name); if (value && value !== "none" || name === "fill" || name === "display" && value === "none") into.setAttribute(name, value); }
      if (each.tagName === "text" && style.dominantBaseline === "central") into.setAttribute("dy", ".35em");
    });
    // a halo is a text of its own below: not every program draws the stroke of a text first
    for (const text of copy.querySelectorAll("text[paint-order^=stroke]")) {
      text.before(text.cloneNode(true));
      for (const each of [text, ...text.children]) each.removeAttribute("stroke");
    }
    // what is magnified on the page (the stage, the room switch) is so in the picture
    if (!copy.hasAttribute("viewBox") && svg.clientWidth) copy.setAttribute("viewBox", `0 0 ${svg.clientWidth} ${svg.clientHeight}`);
    put(copy, svg.getBoundingClientRect());
    return copy;
  }
  function put(svg, { left, top, width, height }) { for (const [name, value] of Object.entries({ x: left, y: top, width, height })) svg.setAttribute(name, round(value)); }

  // Shapes before an element's text that only the style sheet knows (the open circles of themes).
  function mark(element, style, place, defs) {
    const look = getComputedStyle(element, "::before"), width = parseFloat(look.width), height = parseFloat(look.height);
    if (look.content === "none" || look.content === "normal" || !width || !height) return [];
    const edge = parseFloat(look.borderTopWidth) * (look.boxSizing === "border-box" ? 0 : 2);
    return box(look, { left: place.left + parseFloat(style.paddingLeft), top: place.top + parseFloat(style.paddingTop) + (parseFloat(look.marginTop) || 0), width: width + edge, height: height + edge }, defs);
  }

  function walk(element, group, plots, defs, clip) {
    const style = getComputedStyle(element), place = element.getBoundingClientRect();
    if (style.display === "none" || style.visibility === "hidden" || (element.classList.contains("unseen"))) return;
    if (plots.has(element)) { put(plots.get(element), place); group.append(plots.get(element)); return; }
    if (element instanceof SVGElement) { group.append(drawing(element)); return; }
    const own = +style.opacity < 1 ? group.appendChild(node("g", { opacity: style.opacity })) : group;
    if (!element.classList.contains("icon")) own.append(...box(style, place, defs), ...mark(element, style, place, defs));
    const inner = style.overflowX === "visible" ? clip : { right: Math.min(clip.right, place.right) };
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) own.append(...write(child, style, inner));
      else if (child.nodeType === Node.ELEMENT_NODE) walk(child, own, plots, defs, inner);
    }
  }

  // The fonts in use, so that the picture looks the same on a machine that has none of them.
  async function fonts(svg) {
    const used = new Set([...svg.querySelectorAll("text, tspan")].map(each => `${each.getAttribute("font-weight") || each.style.fontWeight || 400}`));
    const isWide = /[\u0100-\u1EFF]/.test(svg.textContent), rules = [...document.styleSheets].flatMap(sheet => { try { return [...sheet.cssRules]; } catch { return []; } });
    const wanted = rules.filter(rule => rule instanceof CSSFontFaceRule && rule.style.getPropertyValue("src").includes("url(") && used.has(rule.style.getPropertyValue("font-weight")) && (isWide || !rule.style.getPropertyValue("src").includes("latin-ext")));
    const written = await Promise.all(wanted.map(async rule => {
      const address = new URL(/url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue("src"))[1], rule.parentStyleSheet.href);
      const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
      let text = ""; for (const byte of bytes) text += String.fromCharCode(byte);
      return `@font-face{font-family:${rule.style.getPropertyValue("font-family")};font-weight:${rule.style.getPropertyValue("font-weight")};src:url(data:font/woff2;base64,${btoa(text)})${rule.style.getPropertyValue("unicode-range") ? ";unicode-range:" + rule.style.getPropertyValue("unicode-range") : ""}}`;
    }));
    return node("style", {}, written.join(""));
  }

  // The graphs of a card, each as an SVG of its own.
  async function graphs(root) {
    const seen = [...root.querySelectorAll(".js-plotly-plot")].filter(gd => gd.clientWidth && gd.clientHeight);
    return new Map(await Promise.all(seen.map(async gd => {
      const address = await Plotly.toImage(gd, { format: "svg", width: gd.clientWidth, height: gd.clientHeight });
      const text = decodeURIComponent(address.slice(address.indexOf(",") + 1));
      const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement);
      svg.replaceChildren(...new DOMParser().parseFromString(text, "image/svg+xml").documentElement.childNodes);
      svg.style.background = "";
      return [gd, svg];
    })));
  }

  // The picture of a card; with `isBody` only what stands between its headline and its source.
  async function svg(card, { isBody = false } = {}) {
    const root = isBody ? card.querySelector(".body, .drawn") : card, plots = await graphs(root);
    const tall = [...root.querySelectorAll(".plot")].filter(plot => plot.clientHeight);
    const heights = tall.map(plot => plot.clientHeight);
    card.dataset.picture = ""; tall.forEach((plot, i) => { plot.style.flex = "none"; plot.style.height = heights[i] + "px"; });
    const defs = node("defs"), group = node("g"), place = root.getBoundingClientRect();
    walk(root, group, plots, defs, { right: Infinity });
    delete card.dataset.picture; for (const plot of tall) plot.style.flex = plot.style.height = "";
    const style = getComputedStyle(card), said = isBody ? "" : document.querySelector(".on-paper")?.textContent ?? "";
    const width = round(place.width + 2 * PAD), height = round(place.height + 2 * PAD + (said ? FOOT : 0));
    group.setAttribute("transform", `translate(${round(PAD - place.left)},${round(PAD - place.top)})`);
    const foot = said ? [node("text", { x: PAD + 6, y: height - 11, fill: getComputedStyle(card.querySelector(".source")).color, "font-family": style.fontFamily, "font-size": "11px", "font-weight": 400 }, said)] : [];
    const title = node("title", {}, card.querySelector("h2").textContent), told = node("desc", {}, card.querySelector("[id^=description-]")?.textContent ?? "");
    const picture = node("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, title, told, defs, node("rect", { width, height, fill: style.backgroundColor }), group, ...foot);
    defs.append(await fonts(picture));
    picture.setAttribute("xmlns", SVG);
    return new XMLSerializer().serializeToString(picture);
  }

  const sum = bytes => { let found = 0; const words = new Int32Array(bytes.buffer); for (let i = 0; i < words.length; i++) found = (Math.imul(found, 31) + words[i]) | 0; return found; };

  async function png(card, { scale = 2, ...how } = {}) {
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(await svg(card, how));
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    // the fonts inside a picture arrive after it is said to be there: it is drawn until it no longer changes
    let before = null;
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      pen.clearRect(0, 0, canvas.width, canvas.height); pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      const now = sum(pen.getImageData(0, 0, canvas.width, canvas.height).data);
      if (turn > 1 && now === before) break;
      before = now;
      await new Promise(done => setTimeout(done, BETWEEN_TURNS));
    }
    return new Promise(done => canvas.toBlob(done, "image/png"));
  }

  return { svg, png };
})();
