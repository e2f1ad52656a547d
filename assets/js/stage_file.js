// The story as PowerPoint. The server makes it; a map goes along as a picture of what is drawn here.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const WIDE = 1920;

  /** Base64 without the head of a data URL. @param {Blob} blob @returns {Promise<string>} */
  const encode = (blob) =>
    new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => {
        const text = String(reader.result);
        resolve(text.slice(text.indexOf(",") + 1));
      };
      reader.onerror = reject;
      reader.readAsDataURL(blob);
    });

  /**
   * What is between headline and source. A slide that is not shown is laid out all the same; it only has to be
   * visible, which `near` makes it without being seen.
   * @param {HTMLElement} slide
   */
  async function takePicture(slide) {
    const wasNear = slide.classList.contains("near"),
      wide = slide.querySelector(".drawn")?.getBoundingClientRect().width ?? WIDE;
    slide.classList.add("near");
    try {
      const picture = await dash_clientside.picture.drawPng(slide, true, WIDE / wide);
      return await encode(picture);
    } finally {
      slide.classList.toggle("near", wasNear);
    }
  }

  /**
   * Pictures of the maps by the slide's number; one that fails, or is not drawn, is bars instead.
   * @param {HTMLElement[]} slides @param {boolean[]} isDrawn
   */
  async function takePictures(slides, isDrawn) {
    /** @type {Record<number, string>} */
    const found = {};
    for (const [i, slide] of slides.entries()) {
      if (!isDrawn[i] || !slide.querySelector("[data-pictured] .js-plotly-plot")) continue;
      try {
        found[i + 1] = await takePicture(slide);
      } catch (error) {
        console.warn(error);
      }
    }
    return found;
  }

  /** @param {Blob} file @param {string} name */
  function give(file, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /**
   * Asks for a file and gives it to the visitor.
   * @param {string} address @param {unknown} body @param {string} usualName
   */
  async function save(address, body, usualName) {
    const headers = { "Content-Type": "application/json" };
    const reply = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(await reply.text());
    const name = /filename="([^"]+)"/.exec(reply.headers.get("Content-Disposition") ?? "")?.[1];
    give(await reply.blob(), name ?? usualName);
  }

  dash_clientside.stage_file = { takePictures, save, give };
}
