// Asks the callback of the page (dashboard/callbacks/view.py) in the words of Dash's protocol, for Dash's own way to a
// request takes longer than the answer. A view is asked for again, later each time, while the server is away or starts
// again; other requests may have done something and are not repeated.
window.ipi = window.ipi || {};
ipi.view = (() => {
  const CALLBACKS = "/_dash-update-component", MAPS = "/assets/map/", AWAY = [502, 503, 504];
  const LATER = [300, 700, 1500, 3000, 5000, 8000, 8000, 8000, 8000, 8000, 8000];
  const pause = ms => new Promise(done => setTimeout(done, ms * (0.8 + 0.4 * Math.random())));
  const property = (id, value) => ({ id, property: "data", ...value });
  let asking = 0;

  function body(address) {
    return JSON.stringify({ output: "frames.data", outputs: property("frames"), inputs: [property("view", { value: address })], changedPropIds: ["view.data"], parsedChangedPropsIds: ["view.data"] });
  }

  const post = address => fetch(CALLBACKS, { method: "POST", headers: { "Content-Type": "application/json" }, body: body(address) });

  // A press of the mouse becomes a click some 80 ms later, which is enough for an answer.
  const FRESH = 2000;
  let early = null;
  function ahead(address) {
    early = { address, at: performance.now(), reply: post(address) };
    early.reply.catch(() => {}); // whoever waits for it hears of it
  }
  function asked(address) {
    const found = early?.address === address && performance.now() - early.at < FRESH ? early.reply : post(address);
    early = null;
    return found;
  }

  // {frames: what dashboard/frames/answer.py says, parts: id -> HTML} of an address; null where it failed, or where
  // another was asked for meanwhile.
  async function ask(address, { onTrouble, onFailure, onReturn }) {
    const mine = ++asking;
    for (let tries = 0; ; tries++) {
      const isLast = tries >= LATER.length;
      try {
        const reply = await asked(address);
        if (mine !== asking) return null;
        if (reply.ok) {
          const { response, sideUpdate = {} } = await reply.json();
          if (tries > 1) onReturn();
          return { frames: response.frames.data, parts: Object.fromEntries(Object.entries(sideUpdate).map(([id, { markup }]) => [id, markup])) };
        }
        if (isLast || !AWAY.includes(reply.status)) { onFailure(); return null; }
      } catch (error) {
        if (mine !== asking) return null;
        if (isLast) { onFailure(); return null; }
      }
      if (tries > 0) onTrouble();
      await pause(LATER[tries]);
      if (mine !== asking) return null;
    }
  }

  const fetched = window.fetch;
  window.fetch = async (...args) => {
    const address = String(args[0]?.url ?? args[0]);
    return address.includes(MAPS) ? fetched(...args).catch(() => pause(LATER[1]).then(() => fetched(...args))) : fetched(...args);
  };

  return { ask, ahead };
})();
