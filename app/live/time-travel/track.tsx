import { clsx } from "clsx";
import { useEffect, useState } from "react";

import { formatInstant } from "~/ui/format-instant";
import type { Tick } from "./ticks";

const settleMs = 150;

/** A slider over a span of time with its ticks; `marks` are instants worth a look. Tells the moment once it rests. */
export function Track({
  label,
  from,
  to,
  at,
  stepSeconds,
  ticks,
  marks = [],
  most,
  onChange,
}: {
  label: string;
  from: Date;
  to: Date;
  at: Date;
  stepSeconds: number;
  ticks: readonly Tick[];
  marks?: readonly Date[];
  /** Nothing later can be chosen. */
  most: Date;
  onChange: (at: Date) => void;
}) {
  const [dragged, setDragged] = useState<number | null>(null);
  useEffect(() => {
    if (dragged === null) return;
    const timer = setTimeout(() => {
      onChange(new Date(dragged));
      setDragged(null);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [dragged, onChange]);

  const place = (instant: number) =>
    Math.min(100, Math.max(0, (100 * (instant - from.getTime())) / (to.getTime() - from.getTime())));
  const shown = dragged ?? at.getTime();
  return (
    <div className="relative h-8">
      <div aria-hidden="true" className="pointer-events-none absolute inset-x-2 inset-y-0">
        {ticks.map((tick, position) => (
          <span
            key={tick.at.getTime()}
            className="absolute top-4 h-4 border-l border-line-strong pl-1 text-2xs whitespace-nowrap text-faint"
            style={{ left: `${place(tick.at.getTime())}%` }}
          >
            {place(tick.at.getTime()) < 96 && (
              <span className={clsx(position % 3 > 0 && ticks.length > 10 && "max-md:hidden")}>{tick.label}</span>
            )}
          </span>
        ))}
        {marks.map((mark) => (
          <span
            key={mark.getTime()}
            className="absolute top-0 h-1.5 w-px bg-accent"
            style={{ left: `${place(mark.getTime())}%` }}
          />
        ))}
        <span
          className="absolute top-1.5 right-0 h-1 rounded-sm bg-sunken"
          style={{ left: `${place(most.getTime())}%` }}
        />
      </div>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={formatInstant(new Date(shown), { style: "full" })}
        min={from.getTime()}
        max={to.getTime()}
        step={stepSeconds * 1000}
        value={shown}
        onChange={({ target }) => setDragged(Math.min(Number(target.value), most.getTime()))}
        className={clsx("absolute inset-x-0 top-0 h-4 w-full cursor-pointer", "max-md:h-5")}
      />
    </div>
  );
}
