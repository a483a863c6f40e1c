import type { ReactNode } from "react";

/** Names and values of one thing. A value that is null or undefined reads "unknown". */
export function KeyValue({ entries }: { entries: { label: string; value: ReactNode; note?: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-1 gap-x-6 sm:grid-cols-[max-content_minmax(0,1fr)]">
      {entries.map(({ label, value, note }) => (
        <div key={label} className="contents">
          <dt className="pt-2 text-muted sm:border-b sm:border-line sm:py-2">{label}</dt>
          <dd className="min-w-0 border-b border-line pb-2 [overflow-wrap:anywhere] sm:py-2">
            {value ?? <span className="text-muted italic">unknown</span>}
            {note && <span className="ml-2 text-xs text-muted">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
