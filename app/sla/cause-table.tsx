import { Link } from "@remix-run/react";
import { clsx } from "clsx";
import type { ReactNode } from "react";

import { formatCount } from "~/ui/format";
import type { CaseCounts } from "../../db/rules/sla/counts";
import type { Definition } from "../../db/rules/sla/definitions";
import type { Share } from "../../db/rules/sla/judge-share";
import { causes as causeLabels, type NumbersQuestion } from "./numbers-question";
import { shiftsBehind } from "./shift-links";
import type { Causes } from "./tell-causes";
import { tellCases, tellDuration, tellNever, tellPoints, tellShare } from "./tell-share";

/** A ratio: what a whole bar is at the least, so that next to nothing looks like it. */
const leastBar = 0.005;

/** The groups that moved a number, each with the way to its misses. */
export function CauseTable({
  question,
  definition,
  causes,
}: {
  question: NumbersQuestion;
  definition: Definition;
  causes: Causes;
}) {
  const { metric, by } = question;
  const headers = [causeLabels[by], ...(causes.measure === "share" ? ["Moved it by (points)"] : []), "Now", "Before"];
  const misses = (key: string) => shiftsBehind(question, { metric, part: "misses", group: { by, key } });
  const most =
    causes.measure === "share" ? Math.max(...causes.rows.map(({ moved }) => Math.abs(moved ?? 0)), leastBar) : 1;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: where it is narrow the table scrolls sideways, also by keyboard.
    <section aria-label={`${definition.title} by ${by}`} tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-left">
        <caption className="sr-only">
          {definition.title} by {by}, now and before
        </caption>
        <thead className="text-xs text-muted">
          <tr>
            {headers.map((header) => (
              <th key={header} scope="col" className="px-4 py-2 font-medium whitespace-nowrap">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {causes.measure === "share"
            ? causes.rows.map(({ key, label, current, previous, moved }) => (
                <Row key={key} label={label} to={misses(key)}>
                  <td className={cell}>
                    <Bar moved={moved} most={most} isLowerBetter={definition.isLowerBetter} />
                  </td>
                  <td className={cell}>{tellOf(definition, current)}</td>
                  <td className={cell}>{tellOf(definition, previous)}</td>
                </Row>
              ))
            : causes.rows.map(({ key, label, current, previous }) => (
                <Row key={key} label={label} to={misses(key)}>
                  <td className={cell}>{tellDurations(current)}</td>
                  <td className={cell}>{tellDurations(previous)}</td>
                </Row>
              ))}
        </tbody>
      </table>
    </section>
  );
}

const cell = "px-4 py-1.5 whitespace-nowrap tabular-nums";

function Row({ label, to, children }: { label: string; to: string; children: ReactNode }) {
  return (
    <tr className="border-t border-line hover:bg-hover">
      <th scope="row" className="w-full min-w-40 px-4 py-1.5 font-medium">
        <Link to={to} className="hover:underline">
          {label}
        </Link>
      </th>
      {children}
    </tr>
  );
}

/** To the right what raised the number, to the left what lowered it. */
function Bar({ moved, most, isLowerBetter }: { moved: number | null; most: number; isLowerBetter: boolean }) {
  if (moved === null) return <span className="text-muted">all of it</span>;
  const isWorse = moved > 0 === isLowerBetter;
  return (
    <span className="flex items-center gap-3">
      <span className="w-12 text-right">{tellPoints(moved)}</span>
      <span aria-hidden="true" className="relative h-3 w-40 shrink-0 rounded-xs bg-sunken max-md:hidden">
        <span
          className={clsx(
            "absolute inset-y-0",
            isWorse ? "bg-critical" : "bg-ok",
            moved < 0 ? "right-1/2" : "left-1/2",
          )}
          style={{ width: `${(50 * Math.abs(moved)) / most}%` }}
        />
        <span className="absolute inset-y-0 left-1/2 w-px bg-line-strong" />
      </span>
      <span className="w-12 text-xs text-muted">{tellPoints(moved) === "0" ? "" : isWorse ? "worse" : "better"}</span>
    </span>
  );
}

function tellOf(definition: Definition, share: Share): string {
  if (share.of === 0) return "none";
  return share.words ?? `${tellShare(share)} of ${tellCases({ ...definition, unit: "" }, share.of).trim()}`;
}

function tellDurations(cases: CaseCounts | null): string {
  if (!cases || cases.n === 0) return "none";
  const never = tellNever(cases);
  return `P50 ${tellDuration(cases.p50)} · P90 ${tellDuration(cases.p90)} of ${formatCount(cases.n)}${never && `, ${never}`}`;
}
