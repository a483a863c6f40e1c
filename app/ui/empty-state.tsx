import type { ReactNode } from "react";

/** Nothing is here: what would be, why it is not, and what to do. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-9 text-center">
      <svg
        viewBox="0 0 48 32"
        className="mb-3 h-8 text-line-strong"
        fill="none"
        stroke="currentColor"
        aria-hidden="true"
      >
        <rect x="1" y="1" width="46" height="30" rx="4" strokeDasharray="4 3" />
        <path d="M9 11h18M9 16h30M9 21h12" strokeLinecap="round" strokeWidth="1.5" />
      </svg>
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-prose text-muted">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
