import { Layers } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

import { Button } from "~/ui/button";
import { SelectField } from "~/ui/field";
import { formatCount, formatDistance } from "~/ui/format";
import { formatInstant } from "~/ui/format-instant";
import { densityWindow } from "../../../db/rules/live/density-window";
import { densityChoices } from "../map-view";
import type { AddressedMap } from "../use-map-view";
import { densityColours, densitySteps } from "./density-steps";
import { verdictColours } from "./verdict-paint";

/** What the map draws beside the shifts, with its window and its legend. */
export function LayerControl({
  mapView: { layers, hours, toggle, chooseHours },
  now,
  isPast,
  theme,
  squareMeters,
}: {
  mapView: AddressedMap;
  now: Date;
  isPast: boolean;
  theme: "light" | "dark";
  /** Of a square of the density, where the map stands. */
  squareMeters: () => number;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const panelId = useId();
  const { since } = densityWindow(hours, now);
  return (
    <div className="relative">
      <Button size="sm" aria-expanded={isOpen} aria-controls={panelId} onClick={() => setIsOpen(!isOpen)}>
        <Layers /> Layers{layers.size > 0 && ` · ${layers.size}`}
      </Button>
      {isOpen && (
        <section
          id={panelId}
          aria-label="Layers of the map"
          className="absolute top-full left-0 z-10 mt-1.5 flex max-h-[calc(44dvh-4rem)] w-60 flex-col gap-2.5 overflow-y-auto rounded-lg border border-line-strong bg-raised p-3 shadow-overlay max-md:-left-9 md:max-h-[70dvh]"
        >
          <Choice label="Last positions" isOn={layers.has("positions")} onToggle={() => toggle("positions")}>
            {isPast ? <Note>Shown live only.</Note> : <Verdicts note="Faint: older than 5 min." />}
          </Choice>
          <Choice label="Locations" isOn={layers.has("locations")} onToggle={() => toggle("locations")}>
            <Note>Counted together below zoom 10, names from zoom 12.</Note>
          </Choice>
          <Choice label="Check-in density" isOn={layers.has("density")} onToggle={() => toggle("density")}>
            {isPast ? (
              <Note>Shown live only.</Note>
            ) : (
              <>
                <SelectField
                  label="Window"
                  isLabelHidden
                  value={String(hours)}
                  onChange={({ target }) => chooseHours(Number(target.value))}
                  options={
                    densityChoices.some(({ value }) => value === String(hours))
                      ? densityChoices
                      : [...densityChoices, { value: String(hours), label: `Last ${hours} h` }]
                  }
                />
                <Steps theme={theme} />
                <Note>
                  Check-ins since {formatInstant(since)} in each square of {formatDistance(squareMeters())}, counted
                  each minute. Single ones from zoom 14.
                </Note>
              </>
            )}
          </Choice>
        </section>
      )}
    </div>
  );
}

function Choice({
  label,
  isOn,
  onToggle,
  children,
}: {
  label: string;
  isOn: boolean;
  onToggle: () => void;
  children: ReactNode;
}) {
  return (
    <div className="flex flex-col gap-1.5">
      <label className="flex items-center gap-2 font-medium">
        <input type="checkbox" checked={isOn} onChange={onToggle} /> {label}
      </label>
      {isOn && <div className="flex flex-col gap-1.5 pl-5">{children}</div>}
    </div>
  );
}

function Note({ children }: { children: ReactNode }) {
  return <p className="text-xs text-muted">{children}</p>;
}

function Verdicts({ note }: { note: string }) {
  const { inside, outside, uncertain } = verdictColours;
  const dots = [
    { label: "Inside", fill: inside, stroke: "var(--raised)" },
    { label: "Outside", fill: outside, stroke: "var(--ink)" },
    { label: "Uncertain", fill: "var(--raised)", stroke: uncertain },
  ];
  return (
    <>
      <ul className="m-0 flex list-none flex-wrap gap-x-3 gap-y-1 p-0 text-xs">
        {dots.map(({ label, fill, stroke }) => (
          <li key={label} className="flex items-center gap-1.5">
            <svg viewBox="0 0 12 12" className="size-3" aria-hidden="true">
              <circle cx="6" cy="6" r="4.5" fill={fill} stroke={stroke} strokeWidth="1.75" />
            </svg>
            {label}
          </li>
        ))}
      </ul>
      <Note>{note}</Note>
    </>
  );
}

function Steps({ theme }: { theme: "light" | "dark" }) {
  return (
    <ol aria-label="Check-ins in a square" className="m-0 grid list-none grid-cols-4 p-0 text-xs tabular-nums">
      {densitySteps.map((from, index) => {
        const next = densitySteps[index + 1];
        return (
          <li key={from}>
            <span className="block h-2" style={{ background: densityColours[theme][index] }} />
            {formatCount(from)}
            {!next && "+"}
          </li>
        );
      })}
    </ol>
  );
}
