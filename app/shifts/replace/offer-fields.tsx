import { SelectField, TextField } from "~/ui/field";
import { mostAskedNext, type Way } from "./replace-search";

const wayOptions = [
  { value: "offer", label: "Offer it: the guard answers" },
  { value: "assign", label: "Assign at once: agreed by phone" },
];
const nextOptions = Array.from({ length: mostAskedNext + 1 }, (_, count) => ({
  value: String(count),
  label: count === 0 ? "nobody" : `the nearest ${count} with nothing against`,
}));

/** How a self-employed guard gets a shift: by an offer with its time, or at once. */
export function OfferFields({ way, minutes, nextCount }: { way: Way; minutes: string; nextCount: number }) {
  return (
    <>
      <SelectField label="How" name="way" defaultValue={way} options={wayOptions} />
      {way === "offer" && (
        <div className="flex items-end gap-2">
          <TextField
            label="Minutes to answer"
            type="number"
            name="minutes"
            min={1}
            max={1440}
            required
            defaultValue={minutes}
            fieldClassName="w-36"
          />
          <SelectField
            label="Asked next"
            name="next"
            defaultValue={String(nextCount)}
            options={nextOptions}
            fieldClassName="flex-1"
          />
        </div>
      )}
    </>
  );
}
