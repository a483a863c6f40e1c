import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

import { useNowSeconds } from "./clock";
import { formatSeconds } from "./format";

/** Counts down to the next attempt; an automatic one asks the server itself, again and again until it answers. */
export function RetryCountdown({ seconds, isAutomatic }: { seconds: number; isAutomatic: boolean }) {
  const now = useNowSeconds();
  const { revalidate, state } = useRevalidator();
  const dueAt = useRef<number | null>(null);
  if (now !== null) dueAt.current ??= now + seconds;
  const left = now === null || dueAt.current === null ? seconds : Math.max(0, dueAt.current - now);

  useEffect(() => {
    if (!isAutomatic || left > 0 || state !== "idle") return;
    dueAt.current = null;
    revalidate();
  }, [isAutomatic, left, state, revalidate]);

  return (
    <p className="mt-4 text-muted">
      {state === "loading"
        ? "Trying again."
        : left === 0
          ? "You can try again."
          : `${isAutomatic ? "Tries again by itself in" : "Try again in"} ${formatSeconds(left)}.`}
    </p>
  );
}
