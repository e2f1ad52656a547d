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

  async function post(address) {
    const reply = await fetch(CALLBACKS, { method: "POST", headers: { "Content-Type": "application/json" }, body: body(address) });
    if (!reply.ok) return { status: reply.status };
    const { response, sideUpdate = {} } = await reply.json(), frames = response.frames.data;
    return { frames, parts: Object.fromEntries(Object.entries(sideUpdate).map(([id, { markup }]) => [id, markup])) };
  }

  // The last answers, of the last minutes: what was shown before, and what is about to be asked for. None is older than
  // data that an answer told of.
  const MOST = 8, FRESH = 300_000;
  let known = new Map(), version = null;
  const forget = (key, reply) => { if (known.get(key)?.reply === reply) known.delete(key); };
  // in whichever order a choice was made
  const spelled = address => { const [path, search = ""] = address.split("?"); return path + ipi.address.without("", search); };
  function answered(address) {
    const key = spelled(address), now = performance.now(), found = known.get(key), isFresh = found && now - found.at < FRESH;
    const entry = isFresh ? found : { at: now, reply: post(address) };
    known.delete(key); known.set(key, entry);
    if (known.size > MOST) known.delete(known.keys().next().value);
    if (!isFresh) entry.reply.then(({ frames }) => {
      if (!frames) return forget(key, entry.reply);
      if (version !== null && frames.version !== version) known = new Map([[key, entry]]);
      version = frames.version;
    }, () => forget(key, entry.reply));
    return entry.reply;
  }

  // {frames: what dashboard/frames/answer.py says, parts: id -> HTML} of an address; null where it failed, or where
  // another was asked for meanwhile.
  async function ask(address, { onTrouble, onFailure, onReturn }) {
    const mine = ++asking;
    for (let tries = 0; ; tries++) {
      const isLast = tries >= LATER.length;
      try {
        const reply = await answered(address);
        if (mine !== asking) return null;
        if (reply.frames) { if (tries > 1) onReturn(); return reply; }
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

  return { ask, ahead: address => { answered(address); } };
})();
