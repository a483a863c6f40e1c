import { EmptyState } from "~/ui/empty-state";
import { formatCount } from "~/ui/format";
import type { PanelSummary } from "./describe-panel.server";
import { formatMeasured } from "./format-cell";
import type { PanelHistory } from "./read-history.server";

/** What each row came to over the range, the most first: the mean of all samples, also of those without it. */
export function HistoryRows({ panel, history }: { panel: PanelSummary; history: PanelHistory }) {
  const { rows, sampleCount } = history;
  const count = formatCount(sampleCount);
  const { label, unit } = panel.columns[panel.historyColumns[0] as string] as PanelSummary["columns"][string];
  if (rows.length === 0) return <EmptyState title={`In none of ${count} samples was there a row`} />;
  const name = panel.key.map((column) => panel.columns[column]?.label).join(" · ");
  return (
    <div className="mt-4 overflow-x-auto">
      <table className="w-full text-left text-xs">
        <caption className="mb-1 text-left text-muted">
          {label} over {count} samples
        </caption>
        <thead>
          <tr>
            <th className="py-1 pr-4 font-medium">{name}</th>
            {["Mean", "Share", "Most at once", "Seen in"].map((header) => (
              <th key={header} className="py-1 pr-4 text-right font-medium">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ subject, mean, shareRatio, most, seenCount }) => (
            <tr key={subject} className="border-t border-line tabular-nums">
              <td className="py-1 pr-4 whitespace-nowrap">{subject}</td>
              <td className="py-1 pr-4 text-right">{mean.toFixed(2)}</td>
              <td className="py-1 pr-4 text-right">
                {shareRatio === null ? "unknown" : formatMeasured(shareRatio, "ratio")}
              </td>
              <td className="py-1 pr-4 text-right">{formatMeasured(most, unit)}</td>
              <td className="py-1 pr-4 text-right whitespace-nowrap">
                {formatCount(seenCount)} of {count}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
