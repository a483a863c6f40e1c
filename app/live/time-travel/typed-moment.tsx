import { useEffect, useRef, useState } from "react";
import { travelDays } from "~/ui/board-address";

import { Button } from "~/ui/button";
import { defaultZone, zoneAbbreviation } from "~/ui/format-instant";
import { localInstant, localTime } from "../../../db/rules/shifts/start-of-day";
import { travelSpan } from "./moment";

/** A moment by its digits, in the zone of the console. Each greater `focusedBy` takes the focus there. */
export function TypedMoment({ at, focusedBy, onGo }: { at: Date; focusedBy: number; onGo: (at: Date) => void }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focusedBy > 0) input.current?.focus();
  }, [focusedBy]);
  const shown = localTime(at, defaultZone);
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const go = () => {
    if (typed === null) return;
    const moment = localInstant(typed, defaultZone);
    const { from, to } = travelSpan(new Date());
    if (!moment) return setError("Write a date and a time.");
    if (moment > to) return setError("This moment has not come yet.");
    if (moment < from) return setError(`The board goes back ${travelDays} days.`);
    setError(null);
    setTyped(null);
    onGo(moment);
  };
  return (
    <form
      className="flex flex-wrap items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <input
        ref={input}
        type="datetime-local"
        step={1}
        aria-label={`Moment, in ${zoneAbbreviation(at, defaultZone)}`}
        aria-invalid={error ? true : undefined}
        value={typed ?? shown}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          setTyped(null);
          setError(null);
          event.currentTarget.blur();
        }}
        className="h-7 rounded-md border border-control bg-surface px-2 text-xs text-ink max-md:h-9 max-md:text-[16px]"
      />
      <span className="text-xs text-muted">{zoneAbbreviation(at, defaultZone)}</span>
      <Button size="sm" type="submit" disabled={typed === null}>
        Go
      </Button>
      {error && (
        <span role="alert" className="text-xs font-medium text-critical">
          {error}
        </span>
      )}
    </form>
  );
}
