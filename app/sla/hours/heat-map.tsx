import { Link } from "@remix-run/react";
import { clsx } from "clsx";

import type { Definition } from "../../../db/rules/sla/definitions";
import type { JudgedShare, ShareId } from "../../../db/rules/sla/judge-counts";
import { shiftsBehind } from "../shift-links";
import type { SlaAddress } from "../sla-question";
import { tellCases, tellShare } from "../tell-share";
import { heatOf } from "./heat-of";

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const hours = Array.from({ length: 24 }, (_, hour) => hour);

export type HeatCell = { weekday: number; hour: number; share: JudgedShare };

/**
 * Hours across, days down; the share stands in each cell, and the worse it is among those with enough cases, the darker.
 * A cell of few cases is told by its count and has no shade; one without any is empty.
 */
export function HeatMap({
  cells,
  metric,
  definition,
  question,
}: {
  cells: readonly HeatCell[];
  metric: ShareId;
  definition: Definition;
  question: Pick<SlaAddress, "period" | "filter">;
}) {
  const cellAt = new Map(cells.map((cell) => [`${cell.weekday}-${cell.hour}`, cell]));
  const heat = heatOf(
    cells.map(({ share }) => share),
    definition,
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways where it is narrow, also by keyboard.
    <section aria-label={`${definition.title} by hour of the week`} tabIndex={0} className="relative overflow-x-auto">
      <table className="w-full border-separate border-spacing-0.5 text-center text-xs tabular-nums">
        <caption className="sr-only">{definition.title} by the weekday and the local hour of the start</caption>
        <thead>
          <tr>
            <th scope="col" className="sticky left-0 bg-surface px-2 py-1 text-left font-medium text-muted">
              Start
            </th>
            {hours.map((hour) => (
              <th key={hour} scope="col" className="min-w-10 py-1 font-medium text-muted">
                {String(hour).padStart(2, "0")}
                <span className="sr-only">:00</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdays.map((day, position) => (
            <tr key={day}>
              <th scope="row" className="sticky left-0 bg-surface px-2 text-left font-medium text-muted">
                {day.slice(0, 3)}
                <span className="sr-only">{day.slice(3)}</span>
              </th>
              {hours.map((hour) => {
                const key = `${position + 1}-${hour}`;
                const cell = cellAt.get(key);
                if (!cell || cell.share.of === 0) return <td key={key} />;
                const { share } = cell;
                const shade = heat(share);
                const isWithoutMiss = share.hits === (definition.isLowerBetter ? 0 : share.of);
                const part = isWithoutMiss ? "counted" : "misses";
                const to = shiftsBehind(question, { metric, part, group: { by: "hour", key } });
                return (
                  <td key={key} className="relative h-9 rounded-sm" style={shade ? { background: shade } : undefined}>
                    <Link
                      to={to}
                      title={`${day} ${hour}:00, ${tellShare(share)}, ${tellCases(definition, share.of)}`}
                      aria-label={`${day} ${hour}:00: ${tellShare(share)}, ${tellCases(definition, share.of)}`}
                      className={clsx(
                        "absolute inset-0 grid place-items-center rounded-sm hover:outline-2 hover:outline-accent",
                        shade ? "text-ink" : "text-muted",
                      )}
                    >
                      {share.words ? share.words.replace(" of ", "/") : `${Math.round(100 * (share.share ?? 0))}`}
                    </Link>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
