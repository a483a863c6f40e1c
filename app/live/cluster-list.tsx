import { X } from "lucide-react";

import { Button } from "~/ui/button";
import { StateMark } from "~/ui/state-mark";
import type { JudgedShift } from "./board";
import { labelState } from "./describe-state";

/** The shifts of one cluster, worst first. */
export default function ClusterList({
  judged,
  now,
  onSelect,
  onClose,
}: {
  judged: readonly JudgedShift[];
  now: Date;
  onSelect: (shiftId: number) => void;
  onClose: () => void;
}) {
  return (
    <section
      aria-label="Shifts of the cluster"
      className="absolute bottom-9 left-2.5 z-10 flex max-h-[60%] w-72 max-w-[calc(100%-1.25rem)] flex-col rounded-lg border border-line-strong bg-raised shadow-overlay"
    >
      <header className="flex items-center justify-between border-b border-line py-1 pr-1 pl-3">
        <h2 className="font-semibold">{judged.length} shifts here</h2>
        <Button tone="quiet" size="sm" aria-label="Close the list" onClick={onClose}>
          <X />
        </Button>
      </header>
      <ul className="m-0 list-none overflow-y-auto p-1">
        {judged.map((one) => (
          <li key={one.shift.id}>
            <button
              type="button"
              onClick={() => onSelect(one.shift.id)}
              className="grid w-full grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5 rounded-md px-2 py-1.5 text-left hover:bg-hover"
            >
              <StateMark state={one.state} />
              <span className="min-w-0">
                <span className="block truncate font-medium">{one.shift.guardName ?? "Nobody assigned"}</span>
                <span className="block truncate text-xs text-muted">
                  {labelState(one, now)} · {one.shift.location.name}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
