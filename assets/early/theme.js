// Before the first paint: the theme that was chosen here, else the one the system asks for.
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem("theme"); } catch { /* storage may be closed to us */ }
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = chosen || (dark ? "dark" : "light");
  if (location.pathname === "/present") document.documentElement.dataset.stage = "";
})();
