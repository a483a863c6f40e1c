import { Button, ButtonLink } from "~/ui/button";
import { formatCount } from "~/ui/format";
import type { Selection } from "../shift-table";
import { bulkHref, bulkKinds, bulkWords, mostShifts } from "./bulk-search";

const keys = { reassign: "r", unassign: "", cancel: "" };

/** How many shifts are selected, and what may be done with them. Nothing while none is. */
export default function BulkBar({ ids, select }: Selection) {
  if (ids.length === 0) return null;
  const isTooMany = ids.length > mostShifts;
  return (
    <section
      aria-label="Selected shifts"
      className="sticky bottom-3 z-20 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line-strong bg-raised px-4 py-2 shadow-lg max-md:bottom-20"
    >
      <p aria-live="polite" className="mr-auto">
        <strong className="font-semibold">{formatCount(ids.length)}</strong> {ids.length === 1 ? "shift" : "shifts"}{" "}
        selected
        {isTooMany && <span className="text-critical">; at most {mostShifts} go in one run</span>}
      </p>
      <div className="flex flex-wrap gap-2">
        {!isTooMany &&
          bulkKinds.map((kind) => (
            <ButtonLink
              key={kind}
              size="sm"
              tone={kind === "reassign" ? "primary" : "secondary"}
              to={bulkHref(kind, ids)}
              aria-keyshortcuts={keys[kind] || undefined}
            >
              {bulkWords[kind]} selected
            </ButtonLink>
          ))}
        <Button size="sm" tone="quiet" onClick={() => select([])}>
          Clear
        </Button>
      </div>
    </section>
  );
}
