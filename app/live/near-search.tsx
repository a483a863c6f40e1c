import { X } from "lucide-react";

import { Button } from "~/ui/button";
import { SelectField } from "~/ui/field";
import { formatDistance } from "~/ui/format";
import { Time } from "~/ui/time";
import type { BoardView } from "./board-view";
import { type NearAnswer, radiusChoices } from "./near";
import type { Near } from "./use-near";

/** Around what the list is searched, how far, and the way out. Nothing where no place is asked for. */
export default function NearSearch({ view: { near, change } }: { view: BoardView }) {
  if (!near) return null;
  return (
    <div className="flex items-center gap-2 rounded-md border border-accent bg-accent-soft py-1 pr-1 pl-2.5">
      <p className="min-w-0 flex-1 leading-4">
        <span className="font-medium">
          Near {near.answer?.guard?.name ?? (near.asked.startsWith("guard:") ? "a guard" : "a point of the map")}
        </span>
        <span className="block text-xs text-muted">
          {near.failure && !near.answer ? "not measured" : near.answer ? <Basis answer={near.answer} /> : "measuring"}
        </span>
      </p>
      <SelectField
        label="Within"
        isLabelHidden
        fieldClassName="w-24 shrink-0"
        value={String(near.radiusMeters)}
        onChange={({ target }) => change({ radius: target.value })}
        options={choicesWith(near)}
      />
      <Button tone="quiet" size="sm" aria-label="Search at any distance" onClick={() => change({ near: null })}>
        <X />
      </Button>
    </div>
  );
}

function Basis({ answer: { guard, center } }: { answer: NearAnswer }) {
  if (!guard) return `${center.latitude.toFixed(4)}° N, ${center.longitude.toFixed(4)}° E`;
  if (guard.basis === "home") return "from home: no position may be seen outside a shift";
  return (
    <>
      from the position of <Time at={guard.at} style="minute" />
      {guard.accuracyMeters !== null && `, ± ${formatDistance(guard.accuracyMeters)}`}
    </>
  );
}

function choicesWith({ radiusMeters }: Near) {
  const value = String(radiusMeters);
  if (radiusChoices.some((choice) => choice.value === value)) return radiusChoices;
  const own = { value, label: formatDistance(radiusMeters) };
  return [...radiusChoices, own].sort((one, other) => Number(one.value) - Number(other.value));
}
