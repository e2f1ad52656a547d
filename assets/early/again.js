// A script or style that does not arrive (the server was just started again) leaves a page that never begins: then the
// page is loaded again, at most three times within a minute.
(() => {
  const MOST = 3, MINUTE = 60_000;
  let isComing = false;
  window.addEventListener("error", ({ target }) => {
    if (isComing || !["SCRIPT", "LINK"].includes(target?.tagName)) return;
    let times = [];
    try { times = JSON.parse(sessionStorage.getItem("loaded-again") || "[]").filter(time => Date.now() - time < MINUTE); } catch { /* storage may be closed to us */ }
    if (times.length >= MOST) return;
    try { sessionStorage.setItem("loaded-again", JSON.stringify([...times, Date.now()])); } catch { return; }
    isComing = true;
    setTimeout(() => location.reload(), 700 * 2 ** times.length);
  }, true);
})();
