import { useEffect, useRef } from "react";

import { areSingleKeysOn, isDialogOpen, isTyping } from "~/ui/single-keys";
import type { Speed } from "./playback";
import type { Journey } from "./use-travel";

/**
 * Space plays and pauses, the arrows step a minute and with Shift fifteen, t goes to the typed moment. Where a control,
 * the list or the map has the focus, space and arrows are theirs.
 */
export function useTravelKeys(keys: {
  at: Journey["at"];
  speed: Speed | null;
  onStep: (seconds: number) => void;
  onPlay: (speed: Speed | null) => void;
  onOpen: () => void;
}): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event) || !areSingleKeysOn() || isDialogOpen()) return;
      const { at, speed, onStep, onPlay, onOpen } = latest.current;
      const isFree = !(event.target as HTMLElement).closest("a, button, summary, canvas, [role=slider]");
      const seconds = event.shiftKey ? 900 : 60;
      if (event.key === "t") onOpen();
      else if (!at || !isFree) return;
      else if (event.key === " ") onPlay(speed === null ? 10 : null);
      else if (event.key === "ArrowLeft") onStep(-seconds);
      else if (event.key === "ArrowRight") onStep(seconds);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
