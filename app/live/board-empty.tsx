import { Button, ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { LoadingState } from "~/ui/loading-state";
import { type FilterPart, readShiftNumber, unfiltered } from "./board-filter";
import type { BoardView } from "./board-view";

const partNames: Record<FilterPart, string> = {
  state: "any state",
  region: "all regions",
  client: "all clients",
  text: "no search text",
  near: "any distance",
};

/** The list has no row: why, and what to loosen so that it has some. */
export function BoardEmpty({ view }: { view: BoardView }) {
  const { judged, byId, isPast, near, loosened, filter, change } = view;
  if (near && !near.answer) {
    return near.failure ? (
      <EmptyState
        title="The distances could not be measured"
        action={<Button onClick={() => change({ near: null })}>Show any distance</Button>}
      >
        {near.failure}
      </EmptyState>
    ) : (
      <LoadingState label="the shifts near there" rows={6} />
    );
  }
  if (judged.length === 0) {
    return (
      <EmptyState title={`No shift runs within two hours of ${isPast ? "that moment" : "now"}`}>
        Shifts that are published appear here two hours before they start.
      </EmptyState>
    );
  }
  const shiftNumber = readShiftNumber(filter.text);
  const missing = shiftNumber !== null && !byId.has(shiftNumber) ? shiftNumber : null;
  const helping = loosened.filter(({ count }) => count > 0);
  return (
    <EmptyState
      title={missing === null ? "No shift matches" : `Shift ${missing} is not on the board`}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          {missing !== null && (
            <ButtonLink tone="primary" to={`/shifts/${missing}`}>
              Open shift {missing}
            </ButtonLink>
          )}
          {helping.map(({ part, change: loosen, count }) => (
            <Button key={part} onClick={() => change(loosen)}>
              {count === 1 ? "1 shift" : `${count} shifts`} with {partNames[part]}
            </Button>
          ))}
          {helping.length === 0 && loosened.length > 1 && (
            <Button onClick={() => change(unfiltered)}>{judged.length} shifts without any filter</Button>
          )}
        </div>
      }
    >
      {missing === null
        ? `None of the ${judged.length} shifts on the board fits all of the filters above.`
        : `The board holds the shifts within two hours of ${isPast ? "that moment" : "now"}.`}
    </EmptyState>
  );
}
