// A card as a picture: headline, figure, legend, note and source in one SVG of real shapes and real text, so that it
// opens in Inkscape and PowerPoint too. It draws what the browser laid out, whatever the card is made of.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const SVG = "http://www.w3.org/2000/svg";
  const PAD = 8,
    FOOT = 24,
    // of the foot: room at its sides, size of its letters, from line to line
    INDENT = PAD + 6,
    SMALL = 11,
    LINE = 14;
  /** What an element of a drawing takes from its parent. */
  const INHERITED = [
    ..."fill fill-opacity stroke stroke-opacity stroke-width stroke-dasharray".split(" "),
    ..."stroke-linejoin paint-order text-anchor direction visibility".split(" "),
    ..."font-family font-size font-weight letter-spacing".split(" "),
  ];
  /** Letters that are written from right to left. */
  const LEFTWARDS = /[\u0590-\u08ff]/;
  const COLOUR = /(?:rgba?|color)\([^)]*\)/g;
  const UNDRAWN = ".draglayer, .hoverlayer, .unseen, .icon";

  /**
   * What drawing goes on with: `into` is the SVG element that takes new shapes, `defs` the one that takes patterns and
   * gradients, text that goes past `left` or `right` is cut off there.
   * @typedef {{into: Element, defs: Element, left: number, right: number}} Pen
   */

  /**
   * @param {string} tag @param {Record<string, string | number | undefined>} attributes
   * @param {(Node | string)[]} inside
   */
  function build(tag, attributes = {}, ...inside) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes))
      if (value !== undefined && value !== "")
        node.setAttribute(name, String(typeof value === "number" ? +value.toFixed(2) : value));
    node.append(...inside);
    return node;
  }

  /** @param {string} colour */
  const isClear = (colour) => colour === "transparent" || /^rgba\(.*, 0\)$/.test(colour);

  /**
   * What fills a box: stripes, a gradient or a plain colour; undefined for nothing.
   * @param {CSSStyleDeclaration} style @param {Element} defs
   */
  function findPaint({ backgroundImage, backgroundColor }, defs) {
    const colours = backgroundImage.match(COLOUR);
    if (!colours) return isClear(backgroundColor) ? undefined : backgroundColor;
    const id = `fill-${defs.childElementCount}`,
      [ink] = colours,
      ground = colours[colours.length - 1],
      [width, height] = [3.6, 3.6];
    const stripes = {
      id,
      width,
      height,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    };
    defs.append(
      backgroundImage.startsWith("repeating")
        ? build(
            "pattern",
            stripes,
            build("rect", { width, height, fill: ground }),
            build("rect", { width: 1.4, height, fill: ink }),
          )
        : build(
            "linearGradient",
            { id },
            build("stop", { "stop-color": ink }),
            build("stop", { offset: 1, "stop-color": ground }),
          ),
    );
    return `url(#${id})`;
  }

  /**
   * Ground and borders of an element.
   * @param {CSSStyleDeclaration} style @param {{left: number, top: number, width: number, height: number}} place
   * @param {Pen} pen
   */
  function drawBox(style, { left, top, width, height }, { into, defs }) {
    const corner = style.borderTopLeftRadius,
      rx = corner.endsWith("%") ? width / 2 : Math.min(parseFloat(corner), width / 2);
    /** A rectangle within the box, whose line lies inside it. @param {Record<string, any>} look */
    const addRect = (look) => {
      const inset = Number(look["stroke-width"] ?? 0) / 2,
        place = { x: left + inset, y: top + inset, rx: rx || "" };
      const size = { width: width - 2 * inset, height: height - 2 * inset };
      if (size.width > 0 && size.height > 0)
        into.append(build("rect", { ...place, ...size, ...look }));
    };
    const fill = findPaint(style, defs);
    if (fill) addRect({ fill });
    const ring = /^(\S*\([^)]*\)) 0px 0px 0px ([\d.]+)px inset/.exec(style.boxShadow);
    if (ring) addRect({ fill: "none", stroke: ring[1], "stroke-width": ring[2] });
    const [right, bottom] = [left + width, top + height];
    const sides = Object.entries({
      top: [left, top, right, top],
      right: [right, top, right, bottom],
      bottom: [left, bottom, right, bottom],
      left: [left, top, left, bottom],
    });
    const drawn = sides.flatMap(([side, [x1, y1, x2, y2]]) => {
      const of = (/** @type {string} */ part) => style.getPropertyValue(`border-${side}-${part}`);
      const wide = parseFloat(of("width")), // 0 without a border
        dashes = of("style") === "dashed" ? `${3 * wide} ${2 * wide}` : "",
        look = { stroke: of("color"), "stroke-width": wide, "stroke-dasharray": dashes };
      return wide && !isClear(look.stroke) ? [{ look, line: { x1, y1, x2, y2 } }] : [];
    });
    if (drawn.length === sides.length) addRect({ fill: "none", ...drawn[0].look });
    else for (const { look, line } of drawn) into.append(build("line", { ...line, ...look }));
  }

  /** The lines of a text as the browser broke them, at blanks and hyphens. @param {Text} text */
  function findLines(text) {
    const range = document.createRange();
    /** @type {{words: string, left: number, top: number, right: number, height: number}[]} */
    const lines = [];
    let end = 0;
    /** @param {string} word @param {number} index where it begins */
    const add = (word, index) => {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      // numbers and Latin letters among Arabic ones have boxes of their own
      const boxes = [...range.getClientRects()];
      if (boxes.some(({ top }) => Math.abs(top - boxes[0].top) >= 2))
        return [...word.matchAll(/./gsu)].forEach((each) => add(each[0], index + each.index));
      const gap = index > end ? " " : "",
        last = lines[lines.length - 1];
      end = index + word.length;
      if (!boxes.length) return;
      const [{ top, height }] = boxes,
        left = Math.min(...boxes.map((box) => box.left)),
        right = Math.max(...boxes.map((box) => box.right));
      if (last && Math.abs(last.top - top) < 2) {
        last.words += gap + word;
        last.left = Math.min(last.left, left);
        last.right = Math.max(last.right, right);
      } else lines.push({ words: word, left, top, right, height });
    };
    for (const { 0: word, index } of text.data.matchAll(/[^\s-]*-+|[^\s-]+/g)) add(word, index);
    return lines;
  }

  const ruler = document.createElement("canvas").getContext("2d");

  /** @param {Text} text @param {CSSStyleDeclaration} style @param {Pen} pen */
  function drawText(text, style, { into, ...edge }) {
    if (!ruler) return;
    // in large print letters are larger than their style says
    const size = parseFloat(style.fontSize) * (text.parentElement?.currentCSSZoom ?? 1);
    ruler.font = `${style.fontWeight} ${size}px ${style.fontFamily}`;
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = ruler.measureText("x"),
      isLeftwards = style.direction === "rtl";
    for (const { words, left, top, right, height } of findLines(text)) {
      const room = isLeftwards ? right - edge.left : edge.right - left,
        isCut = right - left > room + 1 && room > 0,
        most = Math.max(Math.floor((words.length * room) / (right - left)) - 1, 1);
      // another font on another machine takes the same room
      const hasLength = !isCut && words.length > 1;
      into.append(
        build(
          "text",
          {
            x: isLeftwards ? right : left,
            y: top + (height - up - down) / 2 + up,
            fill: style.color,
            "font-family": style.fontFamily,
            "font-size": `${size}px`,
            "font-weight": style.fontWeight,
            "letter-spacing": style.letterSpacing === "normal" ? "" : style.letterSpacing,
            direction: isLeftwards ? "rtl" : "",
            textLength: hasLength ? right - left : "",
            lengthAdjust: hasLength ? "spacingAndGlyphs" : "",
          },
          isCut ? `${words.slice(0, most).trimEnd()}…` : words,
        ),
      );
    }
  }

  /**
   * What is stretched over its place is written at its size, which every program draws with the same strokes.
   * @param {SVGGraphicsElement} from @param {Element} to
   */
  function unstretch(from, to) {
    const { a, d } = from.getScreenCTM() ?? { a: 1, d: 1 };
    const scale = (/** @type {string} */ x, /** @type {number} */ by) =>
      (Number(x) * by).toFixed(2);
    for (const name of ["points", "d"]) {
      const path = from.getAttribute(name);
      if (!path) continue;
      const scaled = path
        .replace(/([\d.]+)[ ,]([\d.]+)/g, (_, x, y) => `${scale(x, a)},${scale(y, d)}`)
        .replace(/V([\d.]+)/g, (_, y) => `V${scale(y, d)}`);
      to.setAttribute(name, scaled);
    }
  }

  /**
   * A drawing of the page, or a layer of Plotly's, with its looks written into it.
   * @param {SVGSVGElement} svg @param {Pen} pen
   */
  function drawSvg(svg, { into, defs }) {
    const copy = /** @type {Element} */ (svg.cloneNode(true));
    const pairs = [...copy.querySelectorAll("*")].entries(),
      originals = [...svg.querySelectorAll("*")];
    takeLooks(svg, copy, null, defs);
    for (const [i, to] of [...pairs]) takeLooks(originals[i], to, originals[i].parentElement, defs);
    for (const each of copy.querySelectorAll(UNDRAWN)) each.remove();
    // a halo is a text of its own below: not every program draws the stroke of a text first
    for (const text of copy.querySelectorAll("text[paint-order^=stroke]")) {
      text.before(text.cloneNode(true));
      for (const each of [text, ...text.children]) each.setAttribute("stroke", "none");
    }
    const { left: x, top: y, width, height } = svg.getBoundingClientRect();
    const [w, h] = [svg.clientWidth || width, svg.clientHeight || height];
    if (svg.getAttribute("preserveAspectRatio") !== "none" && !svg.hasAttribute("viewBox"))
      copy.setAttribute("viewBox", `0 0 ${w} ${h}`); // what is magnified on the page is so in the picture
    for (const [name, value] of Object.entries({ x, y, width, height }))
      copy.setAttribute(name, value.toFixed(2));
    into.append(copy);
  }

  /** @param {Element} from @param {Element} to @param {Element | null} parent @param {Element} defs */
  function takeLooks(from, to, parent, defs) {
    const style = getComputedStyle(from),
      around = parent && getComputedStyle(parent);
    to.removeAttribute("style");
    for (const name of INHERITED) {
      const value = style.getPropertyValue(name);
      if (around?.getPropertyValue(name) === value) to.removeAttribute(name);
      else to.setAttribute(name, value);
    }
    if (style.opacity !== "1") to.setAttribute("opacity", style.opacity);
    if (style.unicodeBidi === "plaintext" && LEFTWARDS.test(from.textContent ?? ""))
      to.setAttribute("unicode-bidi", "plaintext");
    if (style.display === "none") to.setAttribute("class", "unseen");
    if (style.dominantBaseline === "central" && from.tagName === "text") {
      const shift = 0.35 * parseFloat(style.fontSize) + Number(from.getAttribute("dy") ?? 0);
      to.setAttribute("dy", shift.toFixed(2));
    }
    const inset = /^inset\(\S+ \S+ \S+ ([\d.]+)%\)/.exec(style.clipPath);
    if (inset && from instanceof SVGElement) {
      const id = `clip-${defs.childElementCount}`,
        left = (Number(inset[1]) / 100) * (from.ownerSVGElement?.clientWidth ?? 0);
      const area = { x: left, y: -1_000, width: 10_000, height: 10_000 };
      defs.append(build("clipPath", { id }, build("rect", area)));
      to.setAttribute("clip-path", `url(#${id})`);
    }
    const stretched = from.closest("svg");
    if (stretched?.getAttribute("preserveAspectRatio") !== "none") return;
    if (from === stretched)
      for (const name of ["viewBox", "preserveAspectRatio"]) to.removeAttribute(name);
    else if (from instanceof SVGGraphicsElement) unstretch(from, to);
  }

  /**
   * Shapes before an element's text that only the style sheet knows.
   * @param {Element} element @param {DOMRect} place @param {Pen} pen
   */
  function drawMark(element, place, pen) {
    const look = getComputedStyle(element, "::before"),
      style = getComputedStyle(element),
      [width, height] = [parseFloat(look.width), parseFloat(look.height)];
    if (look.content === "none" || look.content === "normal" || !width || !height) return;
    const edge = look.boxSizing === "border-box" ? 0 : 2 * parseFloat(look.borderTopWidth);
    const left =
        style.direction === "rtl"
          ? place.right - parseFloat(style.paddingRight) - width - edge
          : place.left + parseFloat(style.paddingLeft),
      top = place.top + parseFloat(style.paddingTop) + (parseFloat(look.marginTop) || 0);
    drawBox(look, { left, top, width: width + edge, height: height + edge }, pen);
  }

  /** @param {Element} element @param {Pen} pen */
  function drawElement(element, pen) {
    const style = getComputedStyle(element),
      place = element.getBoundingClientRect();
    if (style.display === "none" || style.visibility === "hidden" || element.matches(UNDRAWN))
      return;
    // what is there for screen readers alone
    if (place.width <= 1 && style.overflowX !== "visible") return;
    if (element instanceof SVGSVGElement) return drawSvg(element, pen);
    let { into } = pen;
    if (style.opacity !== "1") into = into.appendChild(build("g", { opacity: style.opacity }));
    const inner = { ...pen, into };
    if (style.overflowX !== "visible") {
      inner.left = Math.max(pen.left, place.left);
      inner.right = Math.min(pen.right, place.right);
    }
    if (style.display !== "contents") {
      drawBox(style, place, inner);
      drawMark(element, place, inner);
    }
    for (const child of element.childNodes)
      if (child instanceof Text) drawText(child, style, inner);
      else if (child instanceof Element) drawElement(child, inner);
  }

  /**
   * A card as it is drawn: whole, without controls. Nothing is painted meanwhile.
   * @param {HTMLElement} card @param {Element} root @param {Element} defs
   */
  function drawCard(card, root, defs) {
    const group = build("g");
    const plots = dash_clientside.elements.findAll(".plot", root),
      heights = plots.map((plot) => plot.clientHeight);
    const mend = dash_clientside.unit_chart.splitRuns(root);
    card.dataset.picture = "";
    plots.forEach((plot, i) => (plot.style.height = `${heights[i]}px`));
    const place = root.getBoundingClientRect();
    drawElement(root, { into: group, defs, left: -Infinity, right: Infinity });
    delete card.dataset.picture;
    for (const plot of plots) plot.style.height = "";
    mend();
    group.setAttribute("transform", `translate(${PAD - place.left},${PAD - place.top})`);
    return { group, width: place.width + 2 * PAD, height: place.height + 2 * PAD };
  }

  /**
   * Whether a font has one of these letters.
   * @param {string} range as style sheets say it: "U+0-FF, U+131" @param {Set<number>} letters
   */
  function hasOneOf(range, letters) {
    const spans = [...range.matchAll(/U\+([\da-f]+)(?:-([\da-f]+))?/gi)].map(([, from, to]) => [
      parseInt(from, 16),
      parseInt(to ?? from, 16),
    ]);
    return [...letters].some((letter) =>
      spans.some(([from, to]) => from <= letter && letter <= to),
    );
  }

  /** The fonts in use, so that the picture looks the same on a machine that has none of them. @param {Element} svg */
  async function buildFonts(svg) {
    const nodes = [...svg.querySelectorAll("[font-weight]")],
      weights = new Set(nodes.map((node) => node.getAttribute("font-weight") ?? ""));
    const letters = new Set(
      [...(svg.textContent ?? "")].map((letter) => letter.codePointAt(0) ?? 0),
    );
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const wanted = rules.filter((rule) => {
      if (!(rule instanceof CSSFontFaceRule) || !rule.cssText.includes("url(")) return false;
      const isUsed = weights.has(rule.style.getPropertyValue("font-weight"));
      return isUsed && hasOneOf(rule.style.getPropertyValue("unicode-range"), letters);
    });
    const texts = wanted.map(async (rule) => {
      const [address, path] = /url\("?([^")]+)"?\)/.exec(rule.cssText) ?? ["", ""];
      const reply = await fetch(new URL(path, rule.parentStyleSheet?.href ?? location.href));
      const reader = new FileReader();
      reader.readAsDataURL(await reply.blob());
      await new Promise((resolve) => (reader.onload = resolve));
      return rule.cssText.replace(address, `url(${reader.result})`);
    });
    return build("style", {}, (await Promise.all(texts)).join(""));
  }

  /**
   * What is chosen, below a card, in as many lines as it needs.
   * @param {string} text @param {number} width of the picture @param {CSSStyleDeclaration} style of the card
   */
  function breakFoot(text, width, { fontFamily }) {
    /** @type {string[]} */
    const lines = [];
    if (ruler) ruler.font = `${SMALL}px ${fontFamily}`;
    for (const word of text.split(/\s+/).filter(Boolean)) {
      const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
      if (lines.length && (ruler?.measureText(longer).width ?? 0) <= width - 2 * INDENT)
        lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  /**
   * The picture of a card; `isBody` for only what stands between its headline and its source.
   * @param {HTMLElement} card
   */
  async function drawSvgFile(card, isBody = false) {
    const root = (isBody && card.querySelector(".body, .drawn")) || card,
      defs = build("defs"),
      { group, width, height } = drawCard(card, root, defs);
    const choice = isBody ? "" : (document.querySelector(".on-paper")?.textContent ?? ""),
      style = getComputedStyle(card),
      lines = breakFoot(choice, width, style),
      tall = height + (lines.length ? FOOT + (lines.length - 1) * LINE : 0);
    const { fontFamily, backgroundColor, direction } = style,
      fill = getComputedStyle(card.querySelector(".source") ?? card).color,
      x = direction === "rtl" ? width - INDENT : INDENT;
    const look = {
      fill,
      direction: direction === "rtl" ? direction : "",
      "font-family": fontFamily,
      "font-size": `${SMALL}px`,
      "font-weight": 400,
    };
    const picture = build(
      "svg",
      { xmlns: SVG, width, height: tall, viewBox: `0 0 ${width} ${tall}` },
      build("title", {}, card.querySelector("h2, h3")?.textContent ?? ""),
      build("desc", {}, card.querySelector("[id^=description-]")?.textContent ?? ""),
      defs,
      build("rect", { width, height: tall, fill: backgroundColor }),
      group,
      ...lines.map((line, i) =>
        build("text", { x, y: tall - SMALL - (lines.length - 1 - i) * LINE, ...look }, line),
      ),
    );
    defs.append(await buildFonts(picture));
    return new XMLSerializer().serializeToString(picture);
  }

  /**
   * The same in pixels, two for each of the screen unless another scale is asked for.
   * @param {HTMLElement} card
   * @returns {Promise<Blob>}
   */
  async function drawPng(card, isBody = false, scale = 2) {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await drawSvgFile(card, isBody))}`;
    await image.decode();
    const canvas = document.createElement("canvas"),
      pen = canvas.getContext("2d");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    // the fonts inside a picture arrive after it is said to be there: it is drawn until it no longer changes
    for (let turn = 0, before = ""; turn < 12; turn++) {
      pen?.clearRect(0, 0, canvas.width, canvas.height);
      pen?.drawImage(image, 0, 0, canvas.width, canvas.height);
      const now = canvas.toDataURL();
      if (turn > 1 && now === before) break;
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
    return new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture")))),
    );
  }

  dash_clientside.picture = { drawSvgFile, drawPng };
}
