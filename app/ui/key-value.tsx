import type { ReactNode } from "react";

/** Names and values of one thing. A value that is null or undefined reads "unknown". */
export function KeyValue({ entries }: { entries: { label: string; value: ReactNode; note?: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-1 sm:grid-cols-[max-content_minmax(0,1fr)]">
      {entries.map(({ label, value, note }) => (
        <div key={label} className="group contents">
          <dt className="border-line pt-2 text-muted group-first:pt-0 sm:border-t sm:py-2 sm:pr-8 sm:group-first:border-t-0 sm:group-first:pt-0 sm:group-last:pb-0">
            {label}
          </dt>
          <dd className="min-w-0 border-line pb-2 [overflow-wrap:anywhere] group-last:pb-0 max-sm:border-b max-sm:group-last:border-b-0 sm:border-t sm:py-2 sm:group-first:border-t-0 sm:group-first:pt-0 sm:group-last:pb-0">
            {value ?? <span className="text-muted italic">unknown</span>}
            {note && <span className="ml-2 text-xs text-muted">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
