import { useNavigate } from "@remix-run/react";
import { useEffect, useRef } from "react";

import type { Room } from "~/auth/rooms";

import { areSingleKeysOn, isDialogOpen, isTyping } from "../single-keys";

const sequenceMilliseconds = 1500;

/**
 * Ctrl K anywhere; elsewhere than in text: `g` and a room's key, `/` for the page's search, `?` for help, and the key of
 * a link that names one by aria-keyshortcuts.
 */
export function useShortcuts({
  rooms,
  onPalette,
  onHelp,
}: {
  rooms: readonly Room[];
  onPalette: () => void;
  onHelp: () => void;
}): void {
  const navigate = useNavigate();
  const goPressedAt = useRef(Number.NEGATIVE_INFINITY);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        onPalette();
        return;
      }
      if (isTyping(event) || !areSingleKeysOn() || isDialogOpen()) return;
      const isSequence = event.timeStamp - goPressedAt.current < sequenceMilliseconds;
      goPressedAt.current = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const room = isSequence ? rooms.find(({ shortcut }) => shortcut === event.key) : undefined;
      if (room) navigate(room.path);
      else if (event.key === "?") onHelp();
      else if (event.key === "/") document.querySelector<HTMLElement>('main input[type="search"]')?.focus();
      else {
        const link = document.querySelector<HTMLElement>(`a[aria-keyshortcuts="${CSS.escape(event.key)}"]`);
        if (!link) return;
        link.click();
      }
      event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [rooms, navigate, onPalette, onHelp]);
}
