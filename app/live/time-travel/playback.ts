/** Seconds of the board that pass in one second of the viewer. */
export const speeds = [1, 10, 60, 120] as const;
export type Speed = (typeof speeds)[number];

export function readSpeed(text: string | null): Speed | null {
  return speeds.find((speed) => String(speed) === text) ?? null;
}

/** How far frames lie apart while playing: between them the board ages by itself. */
export const frameSeconds: Record<Speed, number> = { 1: 15, 10: 20, 60: 120, 120: 240 };

/**
 * The instants, in milliseconds, of the frames that are needed at `momentMs`, the most urgent first: the moment itself
 * where nothing plays; while playing the frame before it, unless `shownMs` is near enough, and the next two.
 */
export function wantedFrames(momentMs: number, speed: Speed | null, shownMs: number | null): number[] {
  if (speed === null) return [momentMs];
  const spacingMs = frameSeconds[speed] * 1000;
  const before = Math.floor(momentMs / spacingMs) * spacingMs;
  const ahead = [before + spacingMs, before + 2 * spacingMs];
  return shownMs === null ? [before, ...ahead] : ahead;
}

/**
 * The frame to draw at `momentMs`: the newest of `frames` that is not later, and while playing not older than frames
 * lie apart; where nothing plays that of the moment itself. Null while none of them will do.
 */
export function frameFor(frames: Iterable<number>, momentMs: number, speed: Speed | null): number | null {
  const oldestMs = speed === null ? momentMs : momentMs - frameSeconds[speed] * 1000;
  let newest: number | null = null;
  for (const frame of frames) {
    if (frame <= momentMs && frame >= oldestMs && (newest === null || frame > newest)) newest = frame;
  }
  return newest;
}
