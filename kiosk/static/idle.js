// A kiosk left alone goes home. The seconds left are always on the screen.

export const IDLE_SECONDS = 60;
export const READING_SECONDS = 120; // a list is read, not pressed

/** Counts down from `seconds`; `onTick(left)` each second, `onEnd()` once at zero. */
export function countdown({ seconds = IDLE_SECONDS, onTick, onEnd }) {
  let until = Date.now() + seconds * 1000;
  let timer = 0;
  let span = seconds;
  const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1000));
  const tick = () => {
    onTick(left());
    if (left() > 0) return;
    stop();
    onEnd();
  };
  const stop = () => {
    clearInterval(timer);
    timer = 0;
  };
  const start = (longer = seconds) => {
    stop();
    span = longer;
    until = Date.now() + span * 1000;
    timer = setInterval(tick, 1000);
    onTick(left());
  };
  return {
    start,
    stop,
    /** Somebody is here: begin again from the top. */
    touch() {
      if (timer) until = Date.now() + span * 1000;
    },
    left,
  };
}
