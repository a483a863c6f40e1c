import type { ReactNode } from "react";

import { ChoiceField } from "~/ui/choice-field";
import { SelectField, TextField } from "~/ui/field";
import { FilterForm } from "~/ui/filter-form";
import type { SlaChoices } from "../../db/sla/list-sla-choices";
import { readyRanges } from "./ready-ranges";
import type { RangedAddress } from "./sla-question";

const narrow = "w-44 max-md:min-w-36 max-md:flex-1";
const ranges = Object.entries({ ...readyRanges, own: "From – until" }).map(([value, label]) => ({ value, label }));

/** The time and the filter of a page of the room; `children` are fields of the page's own. */
export function SlaFilters({
  address: { range, period, filter },
  choices,
  clearTo,
  children,
}: {
  address: RangedAddress;
  choices: SlaChoices;
  /** The page without any filter; null where none is set. */
  clearTo: string | null;
  children?: ReactNode;
}) {
  const { clientId, companyId, locationId, region } = filter;
  const regions = region && !choices.regions.includes(region) ? [region, ...choices.regions] : choices.regions;
  return (
    <FilterForm clearTo={clearTo}>
      <SelectField
        label="Range"
        name="range"
        defaultValue={range}
        fieldClassName="w-40 max-md:min-w-36 max-md:flex-1"
        options={ranges}
      />
      {range === "own" && (
        <>
          <TextField type="date" label="From" name="from" defaultValue={period.from} required />
          <TextField type="date" label="Until" name="until" defaultValue={period.until} required />
        </>
      )}
      <ChoiceField fieldClassName={narrow} label="Client" name="client" chosen={clientId} choices={choices.clients} />
      {companyId !== undefined && (
        <ChoiceField
          label="Company"
          name="company"
          chosen={companyId}
          choices={choices.company ? [choices.company] : []}
        />
      )}
      <SelectField
        label="Region"
        name="region"
        defaultValue={region ?? ""}
        fieldClassName={narrow}
        options={["", ...regions].map((value) => ({ value, label: value || "All" }))}
      />
      {clientId === undefined && locationId === undefined ? (
        <SelectField
          label="Location"
          disabled
          fieldClassName={narrow}
          options={[{ value: "", label: "Choose a client" }]}
        />
      ) : (
        <ChoiceField
          fieldClassName={narrow}
          label="Location"
          name="location"
          chosen={locationId}
          choices={choices.locations}
        />
      )}
      {children}
    </FilterForm>
  );
}
