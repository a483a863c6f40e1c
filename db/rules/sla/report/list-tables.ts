import { tellInstant } from "../../shifts/tell-times";
import type { Report } from "./report";
import type { SheetTable } from "./sheet";
import { tellCount, tellSeconds, tellShare } from "./words";

const number = (label: string) => ({ label, isNumber: true });

export function tellLocations({ locations }: Report): SheetTable {
  return {
    title: "By location",
    columns: [
      { label: "Location" },
      ...["Shifts", "Fill rate", "On time", "No-show", "Coverage", "In geofence"].map(number),
    ],
    rows: locations.map(({ name, shifts, shares }) => [
      name,
      tellCount(shifts),
      ...(["fill-rate", "on-time", "no-show", "coverage", "in-geofence"] as const).map((id) => tellShare(shares[id])),
    ]),
    empty: "No location had a shift that is frozen.",
  };
}

export function tellWorstShifts({ worstShifts }: Report): SheetTable {
  return {
    title: "Where most was missed",
    columns: [
      { label: "Shift", isShift: true },
      { label: "Date" },
      { label: "Location" },
      ...["Nobody there", "No-show", "Late", "Filled"].map(number),
    ],
    rows: worstShifts.map((one) => [
      String(one.shiftId),
      one.localDate,
      one.locationName,
      tellSeconds(one.absentSeconds),
      `${one.noShow} of ${one.due}`,
      `${one.late} of ${one.due}`,
      `${one.filledSlots} of ${one.headcount}`,
    ]),
    empty: "No shift was without a guard for a minute, none had a no-show or a late arrival.",
  };
}

/** "Shift 123 corrected on ... because ...": those since the first report are marked. */
export function tellCorrections({ corrections, correctionCount }: Report): SheetTable {
  const rest = correctionCount - corrections.length;
  return {
    title: rest > 0 ? `Corrections, the newest ${corrections.length} of ${tellCount(correctionCount)}` : "Corrections",
    columns: [
      { label: "Shift", isShift: true },
      { label: "Date" },
      { label: "Corrected on" },
      { label: "Because" },
      { label: "What" },
    ],
    rows: corrections.map(({ shiftId, localDate, correctedAt, reason, changes, isSinceFirst }) => [
      String(shiftId),
      localDate,
      `${tellInstant(new Date(correctedAt), "Europe/Amsterdam", { hasYear: true })}${isSinceFirst ? ", since the first report" : ""}`,
      reason,
      changes.join("; ") || "nothing that is counted here",
    ]),
    empty: "No shift was corrected after its numbers were frozen.",
  };
}
