import { lazy, Suspense, useSyncExternalStore } from "react";

export type Toast = { kind: "success" | "error" | "message"; text: string };

const Toaster = lazy(() => import("./toaster"));
const waiting: Toast[] = [];
const listeners = new Set<() => void>();
let isWanted = false;

/** Says one sentence in the corner for some seconds. What a reader must not miss stands on the page instead. */
export function showToast(kind: Toast["kind"], text: string): void {
  waiting.push({ kind, text });
  isWanted = true;
  for (const listener of listeners) listener();
}

/** The toasts that were asked for and not yet shown. */
export function takeToasts(): Toast[] {
  return waiting.splice(0);
}

export function onToast(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where toasts appear. Its script loads with the first of them. */
export function Toasts() {
  const isNeeded = useSyncExternalStore(
    onToast,
    () => isWanted,
    () => false,
  );
  return isNeeded ? (
    <Suspense fallback={null}>
      <Toaster />
    </Suspense>
  ) : null;
}
