const widths = ["72%", "54%", "88%", "63%", "79%", "47%"];

/** Rows of the height that the content will have, so that nothing moves when it comes. */
export function LoadingState({ label, rows = 6 }: { label: string; rows?: number }) {
  return (
    <div role="status" aria-label={`Loading ${label}`} className="flex flex-col">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move.
        <div key={row} className="flex h-9 items-center border-b border-line px-3 last:border-b-0">
          <div
            className="h-2.5 animate-skeleton rounded-xs bg-line-strong"
            style={{ width: widths[row % widths.length], animationDelay: `${row * 80}ms` }}
          />
        </div>
      ))}
    </div>
  );
}
