// The story as PowerPoint. The server makes it; a map goes along as a picture of what is drawn here.
window.ipi = window.ipi || {};
ipi.stageFile = (() => {
  const WIDE = 1920;

  // Base64 without the head of a data URL.
  const text = blob => new Promise((done, failed) => { const reader = new FileReader(); reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1)); reader.onerror = failed; reader.readAsDataURL(blob); });

  // A slide that is not shown is laid out all the same; it only has to be visible, which `near` makes it without being seen.
  async function picture(slide) {
    const wasNear = slide.classList.contains("near");
    slide.classList.add("near");
    try { return await text(await ipi.picture.png(slide, { isBody: true, scale: WIDE / slide.querySelector(".drawn").getBoundingClientRect().width })); }
    finally { slide.classList.toggle("near", wasNear); }
  }

  // Pictures of the maps by the slide's number; one that fails is bars instead.
  async function pictures(slides) {
    const found = {};
    for (const [i, slide] of slides.entries()) if (slide.querySelector(".drawn .js-plotly-plot")) await picture(slide).then(png => { found[i + 1] = png; }, error => console.warn(error));
    return found;
  }

  async function save(address, body) {
    const reply = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(await reply.text());
    ipi.take.save(await reply.blob(), /filename="([^"]+)"/.exec(reply.headers.get("Content-Disposition"))[1]);
  }

  return { pictures, save };
})();
