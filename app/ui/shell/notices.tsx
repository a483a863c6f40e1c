import { useNavigation } from "@remix-run/react";
import { clsx } from "clsx";
import { useEffect, useRef, useSyncExternalStore } from "react";

import { SeverityMark } from "../badge";
import { showToast } from "../toast";

/** A line along the upper edge while the next page loads; a fast page never shows it. */
export function PendingBar() {
  const isPending = useNavigation().state !== "idle";
  return (
    <div
      aria-hidden="true"
      className={clsx(
        "pointer-events-none fixed inset-x-0 top-0 z-50 h-0.5 overflow-hidden transition-opacity",
        isPending ? "opacity-100 delay-150" : "opacity-0",
      )}
    >
      {isPending && <div className="h-full w-1/4 animate-pending bg-accent" />}
    </div>
  );
}

function watchConnection(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

export function OfflineNotice() {
  const isOnline = useSyncExternalStore(
    watchConnection,
    () => navigator.onLine,
    () => true,
  );
  const wasOffline = useRef(false);
  useEffect(() => {
    if (isOnline && wasOffline.current) showToast("success", "This device is online again.");
    wasOffline.current = !isOnline;
  }, [isOnline]);
  return (
    <div role="status">
      {!isOnline && (
        <p className="flex items-center gap-2 border-b border-warning/40 bg-warning-soft px-4 py-1.5 text-warning md:px-6">
          <SeverityMark severity="warning" />
          This device is offline. What you see is as old as it says, and nothing can be sent until it is back.
        </p>
      )}
    </div>
  );
}
