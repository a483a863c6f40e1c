import { type ReactNode, Suspense } from "react";

import { useIsHydrated } from "./clock";

/**
 * What comes by a script of its own: `fallback` on the server, while hydrating and until it came. The boundary is drawn
 * after hydration, since a page that ticks would change it under hydration's hands.
 */
export function Deferred({ fallback = null, children }: { fallback?: ReactNode; children: ReactNode }) {
  return useIsHydrated() ? <Suspense fallback={fallback}>{children}</Suspense> : fallback;
}
