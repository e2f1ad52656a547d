// The presenter's window: this slide and the next, notes, clock, timer. It is the stage's own page beside the slides'
// (?presenter=1); the two tell each other where they are.
window.ipi = window.ipi || {};
ipi.desk = (() => {
  const look = name => document.querySelector(".desk " + name);
  let began = Date.now();
  const two = n => String(Math.floor(n)).padStart(2, "0");

  function tick() {
    if (!look(".clock")) return;
    const seconds = (Date.now() - began) / 1000;
    look(".clock").textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    look(".timer").textContent = `${two(seconds / 60)}:${two(seconds % 60)}`;
  }

  // Where the two slides stand, as [left, top, width, height]; the rest of the window is for the notes.
  function boxes() {
    const gap = 16, wide = innerWidth - 3 * gap, on = Math.min(wide * 0.62, (innerHeight - 2 * gap) * 1.2), coming = wide - on;
    document.body.style.setProperty("--left", gap + on + gap + "px"); document.body.style.setProperty("--under", gap + (coming * 9) / 16 + gap + "px");
    return { on: [gap, gap, on, (on * 9) / 16], coming: [gap + on + gap, gap, coming, (coming * 9) / 16] };
  }

  function shown(state, frames, year) {
    if (!("presenter" in document.body.dataset)) return;
    ipi.stage.place();
    look(".notes").textContent = String(ipi.frames.pick(frames.texts["slide.notes"] ?? "", year - frames.first)).trim();
    document.body.classList.toggle("is-black", state.isBlack);
  }
  function restart() { began = Date.now(); tick(); }

  setInterval(tick, 1000);
  return { boxes, shown, restart };
})();
