import { clsx } from "clsx";
import { Pause, Play, X } from "lucide-react";
import { useMemo } from "react";

import { Button } from "~/ui/button";
import { defaultZone, zoneAbbreviation } from "~/ui/format-instant";
import { travelSpan } from "./moment";
import { type Speed, speeds } from "./playback";
import { dayAround, dayTicks } from "./ticks";
import { Track } from "./track";
import { TypedMoment } from "./typed-moment";

const steps = [
  { seconds: -3600, label: "−1 h" },
  { seconds: -900, label: "−15 m" },
  { seconds: -60, label: "−1 m" },
  { seconds: 60, label: "+1 m" },
  { seconds: 900, label: "+15 m" },
  { seconds: 3600, label: "+1 h" },
];

/** Two weeks, one day, steps, speeds and a typed moment. */
export default function TimeControls({
  at,
  now,
  speed,
  marks,
  isWaiting,
  focusedBy,
  onGo,
  onStep,
  onPlay,
  onClose,
}: {
  /** Null in the present. */
  at: Date | null;
  /** The moment that is viewed. */
  now: Date;
  speed: Speed | null;
  marks: readonly Date[];
  isWaiting: boolean;
  /** Each greater number takes the focus to the typed moment. */
  focusedBy: number;
  onGo: (moment: Date) => void;
  onStep: (seconds: number) => void;
  onPlay: (speed: Speed | null) => void;
  onClose: () => void;
}) {
  const { from, to } = travelSpan(at ? new Date() : now);
  const minute = Math.floor(now.getTime() / 60_000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a minute is as fine as the ticks are.
  const day = useMemo(() => dayAround(now, defaultZone), [minute]);
  const days = dayTicks(from, to, defaultZone);
  const zone = zoneAbbreviation(now, defaultZone);
  return (
    <section aria-label="Time travel" className="flex flex-col gap-1 border-t border-line bg-surface px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <div className="flex gap-1">
          {steps.slice(0, 3).map(({ seconds, label }) => (
            <Button key={label} size="sm" className="max-md:px-1.5" onClick={() => onStep(seconds)}>
              {label}
            </Button>
          ))}
          <Button
            size="sm"
            tone="primary"
            disabled={!at}
            aria-label={speed === null ? "Play" : "Pause"}
            aria-keyshortcuts="Space"
            onClick={() => onPlay(speed === null ? 10 : null)}
          >
            {speed === null ? <Play /> : <Pause />}
          </Button>
          {steps.slice(3).map(({ seconds, label }) => (
            <Button key={label} size="sm" className="max-md:px-1.5" disabled={!at} onClick={() => onStep(seconds)}>
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
              onClick={() => onPlay(choice)}
            >
              {choice}×
            </Button>
          ))}
        </fieldset>
        <TypedMoment focusedBy={focusedBy} at={now} onGo={onGo} />
        <span role="status" className="text-xs text-muted">
          {isWaiting ? "Reading this moment" : ""}
        </span>
        {!at && (
          <Button tone="quiet" size="sm" className="ml-auto" aria-label="Close time travel" onClick={onClose}>
            <X />
          </Button>
        )}
      </div>
      <Track
        label={`Moment of the last 14 days, ${zone}`}
        {...{ from, to, at: now, ticks: days, most: to, stepSeconds: 900, onChange: onGo }}
      />
      <Track
        label={`Moment of the day, ${zone}`}
        {...{ ...day, at: now, most: to, stepSeconds: 60, onChange: onGo }}
        marks={marks.filter((mark) => mark >= day.from && mark < day.to)}
      />
    </section>
  );
}
