import { Form, useSubmit } from "@remix-run/react";
import type { ReactNode } from "react";

import { Button, ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { SelectField, TextField } from "~/ui/field";
import { formatCount } from "~/ui/format";
import { Page, Section } from "~/ui/page";
import { DataTable } from "~/ui/table";
import { Age } from "~/ui/time";
import { reasonCodes } from "../../../db/rules/shifts/reason-codes";
import { bulkColumns } from "./bulk-columns";
import { bulkWords, mostShifts } from "./bulk-search";
import type { BulkRead } from "./read-bulk.server";

const unchosen = { value: "", label: "Choose a reason" };

/** Several shifts at once: who would come to each, why it is done, and below what would become of each. */
export function BulkPage({
  read,
  refusal,
  children,
}: {
  read: BulkRead;
  refusal: string | undefined;
  children: ReactNode;
}) {
  const { kind, rows, shiftIds, goneIds, leftCount, reason, override, readAt } = read;
  const submit = useSubmit();
  return (
    <Page
      title={`${bulkWords[kind]} ${formatCount(rows.length)} ${rows.length === 1 ? "shift" : "shifts"}`}
      description="Each is done by itself: what one is refused stops no other."
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
      actions={<ButtonLink to="/shifts">All shifts</ButtonLink>}
    >
      {refusal && (
        <p role="alert" className="rounded-md bg-critical-soft px-3 py-2 text-critical">
          {refusal}
        </p>
      )}
      {goneIds.length > 0 && <p className="text-critical">There is no shift {goneIds.join(", ")} any more.</p>}
      {leftCount > 0 && (
        <p className="text-critical">
          {formatCount(leftCount)} more were left out: at most {mostShifts} go in one run.
        </p>
      )}
      {rows.length === 0 ? (
        <EmptyState title="No shift is selected" action={<ButtonLink to="/shifts">Select in the list</ButtonLink>}>
          Select shifts in the list, by x or by their boxes.
        </EmptyState>
      ) : (
        <Form
          key={`${reason} ${override}`}
          method="get"
          preventScrollReset
          className="flex flex-col gap-5"
          onChange={({ target, currentTarget }) => {
            if (target instanceof HTMLSelectElement) submit(currentTarget, { preventScrollReset: true });
          }}
        >
          <input type="hidden" name="do" value={kind} />
          <input type="hidden" name="shifts" value={shiftIds.join(",")} />
          {kind === "reassign" && (
            <Section title="Who comes" note="the nearest with nothing against, each guard once" flush>
              <DataTable
                caption="Shifts and who would come"
                rows={rows}
                columns={bulkColumns}
                rowId={({ id }) => id}
                empty={null}
              />
            </Section>
          )}
          <Section title="Why">
            <div className="flex flex-wrap items-end gap-3">
              <SelectField
                label="Reason"
                name="reason"
                fieldClassName="w-56 max-md:w-full"
                defaultValue={reason}
                options={[unchosen, ...reasonCodes.map((code) => ({ value: code, label: code }))]}
              />
              {kind === "reassign" && (
                <TextField
                  label="Reason to override a warning"
                  name="override"
                  defaultValue={override}
                  maxLength={400}
                  fieldClassName="min-w-56 flex-1"
                  autoComplete="off"
                />
              )}
              <Button type="submit">Plan again</Button>
            </div>
          </Section>
        </Form>
      )}
      {children}
    </Page>
  );
}
