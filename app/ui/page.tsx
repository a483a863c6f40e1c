import { clsx } from "clsx";
import type { ReactNode } from "react";

/**
 * The frame of every page: one heading, which takes the focus after a navigation, what the page answers, the age of
 * what it shows, and what can be done here.
 */
export function Page({
  title,
  description,
  age,
  actions,
  children,
}: {
  title: string;
  description?: ReactNode;
  /** An `<Age>` of the numbers on the page. */
  age?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto flex w-full max-w-[1600px] flex-col gap-5 px-4 py-4 *:empty:-mb-5 md:px-6 md:py-5">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 max-w-prose grow basis-40">
          <h1 tabIndex={-1} className="text-xl font-semibold tracking-tight">
            {title}
          </h1>
          {description && <p className="mt-0.5 text-muted">{description}</p>}
        </div>
        {(age || actions) && (
          <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-2">
            {age && <div className="text-xs text-muted">{age}</div>}
            {actions}
          </div>
        )}
      </header>
      {children}
    </div>
  );
}

/** A part of a page with a heading of its own. `flush` lets a table reach the border. */
export function Section({
  title,
  note,
  actions,
  flush = false,
  children,
}: {
  title?: string;
  note?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={clsx("min-w-0 rounded-lg border border-line bg-surface", flush && "overflow-clip")}>
      {title && (
        <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-1.5">
          <div className="flex flex-wrap items-baseline gap-x-3">
            <h2 className="text-sm font-semibold">{title}</h2>
            {note && <p className="text-xs text-muted">{note}</p>}
          </div>
          {actions && <div className="flex items-center gap-2">{actions}</div>}
        </div>
      )}
      <div className={flush ? undefined : "p-4"}>{children}</div>
    </section>
  );
}
