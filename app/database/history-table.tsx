import { formatInstant } from "~/ui/format-instant";
import { formatMeasured, formatRate } from "./format-cell";
import type { Series } from "./series";

const mostRows = 60;

/** The numbers behind the charts, newest first. */
export function HistoryTable({ series }: { series: readonly Series[] }) {
  const instants = series[0]?.points.map(({ at }) => at) ?? [];
  const shown = instants
    .map((at, index) => ({ at, index }))
    .slice(-mostRows)
    .reverse();
  return (
    <details className="mt-4">
      <summary className="cursor-pointer text-muted">
        The newest {shown.length} of {instants.length} samples as a table
      </summary>
      <div className="mt-2 max-h-80 overflow-auto">
        <table className="w-full text-left text-xs">
          <thead>
            <tr>
              <th className="py-1 pr-4 font-medium">At</th>
              {series.map(({ column, label }) => (
                <th key={column} className="py-1 pr-4 text-right font-medium">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ at, index }) => (
              <tr key={at.getTime()} className="border-t border-line">
                <td className="py-1 pr-4 whitespace-nowrap">{formatInstant(at, { style: "day" })}</td>
                {series.map((one) => (
                  <td key={one.column} className="py-1 pr-4 text-right whitespace-nowrap">
                    {describePoint(one, one.points[index]?.value ?? null)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

export function describePoint({ isRate, unit }: Series, value: number | null): string {
  if (value === null) return "unknown";
  return isRate ? formatRate(value, unit) : formatMeasured(value, unit);
}
