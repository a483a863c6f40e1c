import { clsx } from "clsx";
import { Bookmark } from "lucide-react";
import { lazy, Suspense, useEffect, useId, useRef, useState } from "react";

import { Button } from "~/ui/button";
import { useViews } from "./use-views";
import type { ViewRoom } from "./view-search";

const ViewsPanel = lazy(() => import("./views-panel"));

/** A button that names the applied view, and the panel that it opens. */
export default function ViewsButton({ room, className }: { room: ViewRoom; className?: string }) {
  const views = useViews(room);
  const [isOpen, setIsOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panelId = useId();
  const panel = useRef<HTMLDivElement>(null);
  const close = () => {
    if (frame.current?.contains(document.activeElement)) button.current?.focus();
    setIsOpen(false);
  };
  const closeByKey = useRef(close);
  closeByKey.current = close;

  useEffect(() => {
    if (!isOpen) return;
    const onPointerDown = ({ target }: PointerEvent) => {
      if (!(target instanceof Node) || !frame.current?.contains(target)) setIsOpen(false);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      closeByKey.current();
    };
    document.addEventListener("pointerdown", onPointerDown);
    document.addEventListener("keydown", onKeyDown, { capture: true });
    return () => {
      document.removeEventListener("pointerdown", onPointerDown);
      document.removeEventListener("keydown", onKeyDown, { capture: true });
    };
  }, [isOpen]);

  const { written } = views;
  useEffect(() => {
    // What was pressed may be gone with what it changed.
    if (written && document.activeElement === document.body) panel.current?.focus();
  }, [written]);

  const { applied, isChanged } = views;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens only for the focus leaving.
    <div
      ref={frame}
      className={clsx("relative", className)}
      onBlur={({ relatedTarget }) => {
        if (relatedTarget && !frame.current?.contains(relatedTarget)) setIsOpen(false);
      }}
    >
      <Button
        ref={button}
        aria-expanded={isOpen}
        aria-controls={isOpen ? panelId : undefined}
        className="max-w-full"
        onClick={() => setIsOpen(!isOpen)}
      >
        <Bookmark className={clsx(applied && !isChanged && "fill-current")} />
        <span className="min-w-0 truncate">
          {applied ? (
            <>
              <span className="sr-only">View: </span>
              {applied.name}
            </>
          ) : (
            "Views"
          )}
        </span>
        {isChanged && <span className="text-muted">· changed</span>}
      </Button>
      {isOpen && (
        <div
          ref={panel}
          id={panelId}
          role="dialog"
          tabIndex={-1}
          aria-label="Saved views"
          className="absolute top-full right-0 z-30 mt-1 flex max-h-[min(32rem,70dvh)] w-80 max-w-[calc(100vw-1.5rem)] flex-col overflow-y-auto rounded-lg border border-line-strong bg-raised shadow-overlay"
        >
          <Suspense fallback={<p className="p-4 text-muted">Loading the views</p>}>
            <ViewsPanel room={room} views={views} onClose={close} />
          </Suspense>
        </div>
      )}
    </div>
  );
}
