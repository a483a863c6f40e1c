import { clsx } from "clsx";
import { History, Pause, Play, X } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";

import { Button } from "~/ui/button";
import { defaultZone, zoneAbbreviation } from "~/ui/format-instant";
import { clampMoment, travelSpan } from "./moment";
import { type Speed, speeds } from "./playback";
import { dayAround, dayTicks } from "./ticks";
import { Track } from "./track";
import { TypedMoment } from "./typed-moment";
import type { Travel } from "./use-travel";
import { useTravelKeys } from "./use-travel-keys";

const steps = [
  { seconds: -3600, label: "−1 h" },
  { seconds: -900, label: "−15 m" },
  { seconds: -60, label: "−1 m" },
  { seconds: 60, label: "+1 m" },
  { seconds: 900, label: "+15 m" },
  { seconds: 3600, label: "+1 h" },
];

/** Where and how fast the board travels: two weeks, one day, steps, a typed moment, and the way back. */
export function TimeBar({
  at,
  now,
  speed,
  travel,
  marks,
  isWaiting,
}: {
  /** Null in the present. */
  at: Date | null;
  /** The moment that is viewed. */
  now: Date;
  speed: Speed | null;
  travel: Travel["travel"];
  marks: readonly Date[];
  isWaiting: boolean;
}) {
  const typed = useRef<HTMLInputElement>(null);
  const [isOpened, setIsOpened] = useState(false);
  const isOpen = at !== null || isOpened;
  const open = () => {
    flushSync(() => setIsOpened(true));
    typed.current?.focus();
  };
  const { from, to } = travelSpan(at ? new Date() : now);
  const go = useCallback(
    (moment: Date, then: Speed | null = null) => {
      const latest = new Date();
      const isArrived = moment.getTime() >= latest.getTime() - 1000;
      travel(isArrived ? { at: null, speed: null } : { at: clampMoment(moment, latest), speed: then });
    },
    [travel],
  );
  const rest = useCallback((moment: Date) => go(moment), [go]);
  const step = (seconds: number) => go(new Date(now.getTime() + seconds * 1000));
  const play = (chosen: Speed | null) => at && travel({ at: now, speed: chosen });
  useTravelKeys({ at, speed, onStep: step, onPlay: play, onOpen: open });

  const minute = Math.floor(now.getTime() / 60_000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a minute is as fine as the ticks are.
  const day = useMemo(() => dayAround(now, defaultZone), [minute]);
  const days = dayTicks(from, to, defaultZone);
  const zone = zoneAbbreviation(now, defaultZone);
  if (!isOpen) {
    return (
      <Button
        tone="quiet"
        className="w-full rounded-none border-x-0 border-b-0 border-t-line"
        aria-keyshortcuts="t"
        onClick={open}
      >
        <History /> Look at another moment
      </Button>
    );
  }
  return (
    <section aria-label="Time travel" className="flex flex-col gap-1 border-t border-line bg-surface px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <div className="flex gap-1">
          {steps.slice(0, 3).map(({ seconds, label }) => (
            <Button key={label} size="sm" className="max-md:px-1.5" onClick={() => step(seconds)}>
              {label}
            </Button>
          ))}
          <Button
            size="sm"
            tone="primary"
            disabled={!at}
            aria-label={speed === null ? "Play" : "Pause"}
            aria-keyshortcuts="Space"
            onClick={() => play(speed === null ? 10 : null)}
          >
            {speed === null ? <Play /> : <Pause />}
          </Button>
          {steps.slice(3).map(({ seconds, label }) => (
            <Button key={label} size="sm" className="max-md:px-1.5" disabled={!at} onClick={() => step(seconds)}>
              {label}
            </Button>
          ))}
        </div>
        <fieldset className="m-0 flex gap-1 border-0 p-0">
          <legend className="sr-only">Speed</legend>
          {speeds.map((choice) => (
            <Button
              key={choice}
              size="sm"
              disabled={!at}
              aria-pressed={speed === choice}
              className={clsx(speed === choice && "border-accent bg-accent-soft")}
              onClick={() => play(choice)}
            >
              {choice}×
            </Button>
          ))}
        </fieldset>
        <TypedMoment ref={typed} at={now} onGo={rest} />
        <span role="status" className="text-xs text-muted">
          {isWaiting ? "Reading this moment" : ""}
        </span>
        {!at && (
          <Button
            tone="quiet"
            size="sm"
            className="ml-auto"
            aria-label="Close time travel"
            onClick={() => setIsOpened(false)}
          >
            <X />
          </Button>
        )}
      </div>
      <Track
        label={`Moment of the last 14 days, ${zone}`}
        {...{ from, to, at: now, ticks: days, most: to, stepSeconds: 900, onChange: rest }}
      />
      <Track
        label={`Moment of the day, ${zone}`}
        {...{ ...day, at: now, most: to, stepSeconds: 60, onChange: rest }}
        marks={marks.filter((mark) => mark >= day.from && mark < day.to)}
      />
    </section>
  );
}
