import { useEffect, useRef } from "react";

import { isDialogOpen } from "~/ui/single-keys";

/** Calls `onEscape` for Esc anywhere on the page, unless something in front of it takes the key. */
export function useEscape(onEscape: () => void): void {
  const call = useRef(onEscape);
  call.current = onEscape;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || isDialogOpen()) return;
      call.current();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
