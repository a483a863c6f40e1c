import { useLocation } from "@remix-run/react";
import { useEffect } from "react";

/** Attributes of the browser's own popover, which opens and closes without script; React 18 has no types for them. */
export function popoverAttributes(id: string): Record<string, string> {
  return { id, popover: "auto" };
}

export function popoverTriggerAttributes(id: string): Record<string, string> {
  return { popovertarget: id };
}

/** Closes what is open, if anything is. */
export function closePopovers(): void {
  for (const popover of document.querySelectorAll<HTMLElement>(":popover-open")) popover.hidePopover();
}

/** A link in a popover goes to a page that begins without it. */
export function useClosedPopovers(): void {
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each navigation closes them.
  useEffect(closePopovers, [key]);
}
