import { SelectField, TextField } from "~/ui/field";
import { zoneAbbreviation } from "~/ui/format-instant";
import { type Period, ranges, typedMoment } from "./history-range";

const options = [
  ...Object.entries(ranges).map(([value, { label }]) => ({ value, label })),
  { value: "own", label: "From – until" },
];

/** The time that a page looks at: how far back, or from one moment until another. */
export function PeriodFields({ period }: { period: Period }) {
  const { range, from, to, complaint } = period;
  return (
    <>
      <SelectField label="Range" name="range" defaultValue={range} options={options} />
      {range === "own" && (
        <>
          <TextField
            type="datetime-local"
            label={`From (${zoneAbbreviation(from)})`}
            name="from"
            defaultValue={typedMoment(from)}
            aria-invalid={complaint ? true : undefined}
            required
          />
          <TextField
            type="datetime-local"
            label={`Until (${zoneAbbreviation(to)})`}
            name="until"
            defaultValue={typedMoment(to)}
            aria-invalid={complaint ? true : undefined}
            required
          />
        </>
      )}
      {complaint && (
        <p role="alert" className="order-last w-full text-xs font-medium text-critical">
          {complaint}
        </p>
      )}
    </>
  );
}
