// When things are done: not all at once, and not for nobody.
window.ipi = window.ipi || {};

// Between one long piece of work and the next the browser may paint, and hear who is in a hurry.
ipi.breath = () => new Promise(done => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(null); });

// When the browser has begun to paint what was drawn last; and when the screen shows it.
ipi.nextFrame = () => new Promise(done => { requestAnimationFrame(() => ipi.breath().then(done)); });
ipi.twoFrames = () => new Promise(done => { requestAnimationFrame(() => requestAnimationFrame(done)); });

// On a narrow screen, which is mostly a phone's, what is not seen at first waits for somebody to touch the page, or for
// ten seconds in which nobody does: figures below the screen, and Dash.
ipi.somebody = (() => {
  const SIGNS = ["pointerdown", "pointermove", "touchstart", "wheel", "scroll", "keydown", "beforeprint"], QUIET = 10_000;
  const narrow = () => matchMedia("(max-width:700px)").matches;
  let isHere = !narrow();
  const come = new Promise(done => {
    if (isHere) return done();
    const tell = () => { isHere = true; for (const sign of SIGNS) window.removeEventListener(sign, tell, true); done(); };
    for (const sign of SIGNS) window.addEventListener(sign, tell, { capture: true, passive: true });
    setTimeout(tell, QUIET);
  });
  return { come, narrow, get isHere() { return isHere; } };
})();
