/** Attributes of the browser's own popover, which opens and closes without script; React 18 has no types for them. */
export function popoverAttributes(id: string): Record<string, string> {
  return { id, popover: "auto" };
}

export function popoverTriggerAttributes(id: string): Record<string, string> {
  return { popovertarget: id };
}

export function closePopover(id: string): void {
  const popover = document.getElementById(id);
  if (popover?.matches(":popover-open")) popover.hidePopover();
}
