// One live line to the hall: a snapshot, then every event once and in order; the same after any break.
//
//   const hall = connectHall({
//     onSnapshot(snapshot) { … },              // replace everything you show; nothing in it is new
//     onEvent(event, { fresh }) { … },         // fresh: happened just now, may flash or be spoken
//     onStatus({ connected, since, refused }) { … },   // since: Date when the line was last known to be alive
//   });
//   hall.now() → the server's clock in ms · hall.refresh() → ask for a snapshot · hall.close()
//
// A reconnecting screen says the epoch and seq it knows. The server answers with the missed events (marked caught_up)
// or, after a restore, on another day or too far behind, with a snapshot. An event whose `prev` is not what we have
// means that we missed something: we then ask for a snapshot and show nothing in between.

import { io } from "socket.io-client";

const RETRY_REFUSED_MS = 10_000;
const STALE_MS = 20_000; // an event older than this is not news, however it came
const PING_GRACE_MS = 5_000;

export function connectHall({ token, link, area, onSnapshot, onEvent, onTicket, onStatus, url = "" }) {
  const line = {
    epoch: null, seq: null, offset: 0, heard: null, connected: null, ready: false, refused: false, timer: 0,
  };
  const socket = io(`${url}/hall`, {
    auth: (give) => give(greeting(line, { token, link, area })),
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 4_000,
    timeout: 8_000,
  });

  const tell = (connected, refused = false) => {
    if (line.connected === connected && line.refused === refused) return;
    line.connected = connected;
    line.refused = refused;
    onStatus?.({ connected, refused, since: line.heard });
  };
  const hear = () => {
    line.heard = new Date();
  };
  const startOver = () => {
    line.epoch = line.seq = null;
    line.ready = false;
    socket.disconnect().connect();
  };

  socket.on("connect", () => {
    hear();
    watchEngine(socket, hear);
    if (link) tell(true);
    // With nothing missed the server may have nothing to say: the line is up all the same.
    else if (line.ready) tell(true);
  });
  socket.on("disconnect", (reason) => {
    if (reason === "io client disconnect") return;
    tell(false);
    if (reason === "io server disconnect") retryLater(line, socket, RETRY_REFUSED_MS / 5);
  });
  socket.on("connect_error", () => {
    // Not active: the server answered and said no (a revoked device, an ended session), so socket.io gives up; we do not.
    tell(false, !socket.active);
    if (!socket.active) retryLater(line, socket, RETRY_REFUSED_MS);
  });
  socket.on("snapshot", (snapshot) => {
    hear();
    line.epoch = snapshot.epoch;
    line.seq = snapshot.seq;
    line.ready = true;
    noteClock(line, snapshot.now ?? snapshot.board?.now);
    onSnapshot?.(snapshot);
    tell(true);
  });
  socket.on("event", (event) => {
    hear();
    tell(true);
    if (!line.ready || event.epoch !== line.epoch) return startOver();
    if (event.seq <= line.seq) return undefined;
    if (event.prev !== line.seq) return startOver();
    line.seq = event.seq;
    if (!event.caught_up) noteClock(line, event.now);
    const age = Date.now() + line.offset - Date.parse(event.at);
    return onEvent?.(event, { fresh: !event.caught_up && age < STALE_MS, age });
  });
  socket.on("ticket", (view) => {
    hear();
    onTicket?.(view);
  });
  const unwatch = watchNetwork(socket, () => tell(false));

  return {
    now: () => Date.now() + line.offset,
    refresh: startOver,
    close() {
      clearTimeout(line.timer);
      unwatch();
      socket.close();
    },
    get seq() {
      return line.seq;
    },
    socket,
  };
}

// `area`: this is a wall, which answers for that area's calls ("" = for all).
function greeting(line, { token, link, area }) {
  const said = {};
  if (token) said.token = token;
  if (link) said.link = link;
  if (area !== undefined) said.area = area;
  if (line.ready) Object.assign(said, { epoch: line.epoch, seq: line.seq });
  return said;
}

function noteClock(line, now) {
  const at = Date.parse(now ?? "");
  if (Number.isFinite(at)) line.offset = at - Date.now();
}

function retryLater(line, socket, ms) {
  clearTimeout(line.timer);
  line.timer = setTimeout(() => socket.connect(), ms);
}

// Every packet, also the server's ping, proves that the line is alive.
function watchEngine(socket, hear) {
  const engine = socket.io.engine;
  if (!engine || engine.watchedByHall) return;
  engine.watchedByHall = true;
  engine.on("packet", hear);
}

// A pulled cable is known to the browser at once, to the socket only after its ping times out.
function watchNetwork(socket, lost) {
  let timer = 0;
  const offline = () => {
    lost();
    timer = setTimeout(() => socket.io.engine?.close(), PING_GRACE_MS);
  };
  const online = () => {
    clearTimeout(timer);
    if (socket.connected) socket.io.engine?.close();
    else socket.connect();
  };
  addEventListener("offline", offline);
  addEventListener("online", online);
  return () => {
    removeEventListener("offline", offline);
    removeEventListener("online", online);
  };
}
