import { clsx } from "clsx";
import type { ReactNode } from "react";

/** ok, warning and critical judge; notice tells; neutral names; unknown could not be read. */
export type Severity = "ok" | "warning" | "critical" | "notice" | "neutral" | "unknown";

const looks: Record<Severity, string> = {
  ok: "border-transparent bg-ok-soft text-ok",
  warning: "border-transparent bg-warning-soft text-warning",
  critical: "border-transparent bg-critical-soft text-critical",
  notice: "border-transparent bg-notice-soft text-notice",
  neutral: "border-line bg-sunken text-muted",
  unknown: "border-dashed border-control text-muted",
};

/** A severity as shape, colour and text. */
export function Badge({ severity = "neutral", children }: { severity?: Severity; children: ReactNode }) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-sm border px-1.5 text-xs font-medium",
        looks[severity],
      )}
    >
      {severity !== "neutral" && <SeverityMark severity={severity} />}
      {children}
    </span>
  );
}

/** The shape alone, in the current colour: disc, triangle, diamond, ring. The text beside it says the rest. */
export function SeverityMark({ severity }: { severity: Severity }) {
  return (
    <svg viewBox="0 0 12 12" className="size-2.5 shrink-0" aria-hidden="true" fill="currentColor">
      {severity === "ok" && <circle cx="6" cy="6" r="4.5" />}
      {severity === "warning" && <path d="M6 1.2 11.4 10.8H.6Z" />}
      {severity === "critical" && <path d="M6 .4 11.6 6 6 11.6.4 6Z" />}
      {severity === "notice" && <rect x="2" y="2" width="8" height="8" rx="1" />}
      {severity === "neutral" && <rect x="1.5" y="5" width="9" height="2" rx="1" />}
      {severity === "unknown" && (
        <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.4 1.8" />
      )}
    </svg>
  );
}
