// What the wall shows, as plain values: made from a snapshot, kept up by events, the same either way.
// Nothing here knows the page or the time; display.js draws it, panel.js takes the turns.

const SHOWN = new Set(["called", "serving", "done", "parked"]); // a call stays listed while its ticket is one of these
const AT_WINDOW = new Set(["called", "serving"]);
export const RECENT = 8;
const WHOLE_HALL = { id: "hall", name: "", voice: "both" };
const MISSED = 30;

/** {calls, waiting, windows, noShows, stops} from a snapshot message. */
export function fromSnapshot({ board, no_shows: noShows, stops }) {
  return {
    calls: board.calls ?? [],
    waiting: { ...board.waiting },
    windows: Object.fromEntries((board.windows ?? []).map((one) => [one.number, one])),
    noShows: noShows ?? board.no_shows ?? [],
    stops: stops ?? board.stops ?? [],
  };
}

/** The board after one event. Throws nothing on events it does not know: newer servers may say more. */
export function reduce(board, { type, at, data }) {
  if (type.startsWith("ticket.")) return ticketMoved(board, type, at, data);
  if (type.startsWith("window.")) return windowChanged(board, data);
  if (type === "issuing.stopped" || type === "issuing.resumed") return issuing(board, type, at, data);
  return board;
}

function ticketMoved(board, type, at, data) {
  return {
    ...board,
    waiting: counted(board.waiting, data),
    calls: called(board.calls, type, at, data),
    noShows: missed(board.noShows, at, data),
    windows: atWindows(board.windows, data),
  };
}

function counted(waiting, { from, to, section, from_section: before = section }) {
  const after = { ...waiting };
  if (from === "waiting") after[before] = Math.max(0, (after[before] ?? 0) - 1);
  if (to === "waiting") after[section] = (after[section] ?? 0) + 1;
  return after;
}

function called(calls, type, at, data) {
  const old = calls.find((one) => one.id === data.id);
  const others = calls.filter((one) => one.id !== data.id);
  if (!SHOWN.has(data.to)) return old ? others : calls;
  const isNew = type === "ticket.called" || (type === "ticket.recalled" && data.counted !== false);
  if (!isNew && !old) return calls;
  const { id, number, section, window } = data;
  const row = { ...old, id, number, section, window, calls: data.calls, state: data.to, calling: data.to === "called" };
  if (isNew) return [{ ...row, at }, ...others].slice(0, RECENT);
  return calls.map((one) => (one.id === id ? row : one));
}

function missed(noShows, at, { id, number, section, window, to }) {
  const others = noShows.filter((one) => one.id !== id);
  if (to !== "no_show") return others.length === noShows.length ? noShows : others;
  return [{ id, number, section, window, at }, ...others].slice(0, MISSED);
}

function atWindows(windows, { number, window, to }) {
  const after = {};
  for (const [key, one] of Object.entries(windows)) after[key] = one.ticket === number ? { ...one, ticket: null, ticket_state: null } : one;
  if (AT_WINDOW.has(to) && after[window]) after[window] = { ...after[window], ticket: number, ticket_state: to };
  return after;
}

function windowChanged(board, { window, state }) {
  const one = board.windows[window];
  return one ? { ...board, windows: { ...board.windows, [window]: { ...one, state } } } : board;
}

function issuing(board, type, at, data) {
  const section = data.section ?? null;
  const stops = board.stops.filter((stop) => (stop.section ?? null) !== section);
  if (type === "issuing.stopped") stops.push({ section, message_zh: data.message_zh, message_en: data.message_en, since: at });
  return { ...board, stops };
}

/** The area that hears a window's calls: {id, name, voice}; the hall's first where none is named. */
export function areaOf(board, hall, window) {
  const areas = hall?.areas ?? [];
  return areas.find((one) => one.id === board?.windows[window]?.area) ?? areas[0] ?? WHOLE_HALL;
}

/** The same board with only what concerns one area: its windows, and the sections they serve. */
export function inArea(board, area, hall) {
  if (!area) return board;
  const here = (number) => areaOf(board, hall, number).id === area;
  const served = new Set((hall?.windows ?? []).filter((one) => here(one.number)).flatMap((one) => one.sections ?? []));
  const wanted = (section) => served.size === 0 || served.has(section);
  return {
    ...board,
    calls: board.calls.filter((one) => here(one.window)),
    noShows: board.noShows.filter((one) => (one.window ? here(one.window) : wanted(one.section))),
    waiting: Object.fromEntries(Object.entries(board.waiting).filter(([section]) => wanted(section))),
    stops: board.stops.filter((stop) => !stop.section || wanted(stop.section)),
  };
}
