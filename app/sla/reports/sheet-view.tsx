import { Link } from "@remix-run/react";
import { clsx } from "clsx";

import { KeyValue } from "~/ui/key-value";
import { Section } from "~/ui/page";
import type { Sheet, SheetTable } from "../../../db/rules/sla/report/sheet";

/** A report as it is printed: the same words as its PDF and its CSV. */
export function SheetView({ sheet: { notice, lines, tables, notes } }: { sheet: Sheet }) {
  return (
    <>
      {notice && (
        <p role="status" className="rounded-md border border-warning/40 bg-warning-soft px-3 py-2 text-warning">
          {notice}
        </p>
      )}
      <Section>
        <KeyValue entries={lines} />
      </Section>
      {tables.map((table) => (
        <Section key={table.title} title={table.title} flush={table.rows.length > 0}>
          {table.rows.length > 0 ? <Rows table={table} /> : <p className="text-muted">{table.empty}</p>}
        </Section>
      ))}
      <Section title="What the numbers mean">
        <div className="flex max-w-prose flex-col gap-1 text-xs text-muted">
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </div>
      </Section>
    </>
  );
}

function Rows({ table: { title, columns, rows } }: { table: SheetTable }) {
  const look = (index: number) =>
    clsx("px-4 py-1.5 align-top print:px-2", columns[index]?.isNumber ? "text-end whitespace-nowrap" : "text-start");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: where it is narrow the table scrolls sideways, also by keyboard.
    <section aria-label={title} tabIndex={0} className="overflow-x-auto print:overflow-visible">
      <table className="w-full border-collapse tabular-nums">
        <thead>
          <tr className="border-b border-line-strong text-xs text-muted">
            {columns.map(({ label }, index) => (
              <th key={label} scope="col" className={clsx(look(index), "font-medium")}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join("\n")} className="break-inside-avoid border-b border-line last:border-b-0">
              {row.map((text, index) => (
                <td key={columns[index]?.label} className={look(index)}>
                  {columns[index]?.isShift ? (
                    <Link to={`/shifts/${text}`} className="underline decoration-line-strong underline-offset-2">
                      {text}
                    </Link>
                  ) : (
                    text
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
