import { SelectField, TextField } from "~/ui/field";
import { FilterForm } from "~/ui/filter-form";
import type { Trail } from "./read-trail.server";
import { isFiltered, outcomes } from "./trail-search";

const everyone = { value: "", label: "Everyone" };
const every = { value: "", label: "All" };

export function TrailFilters({ trail: { filter, from, until, choices } }: { trail: Trail }) {
  return (
    <FilterForm clearTo={isFiltered(filter) ? "/audit" : null}>
      <TextField
        label="Text"
        type="search"
        name="text"
        defaultValue={filter.text ?? ""}
        placeholder="Target, reason or request"
        fieldClassName="w-64 max-md:w-full"
      />
      <SelectField
        label="Action"
        name="action"
        fieldClassName="w-44 max-md:min-w-36 max-md:flex-1"
        defaultValue={filter.action ?? ""}
        options={[every, ...choices.actions.map((action) => ({ value: action, label: action }))]}
      />
      <SelectField
        label="Person"
        name="person"
        fieldClassName="w-44 max-md:min-w-36 max-md:flex-1"
        defaultValue={filter.person ?? ""}
        options={[everyone, ...choices.people.map(({ email, fullName }) => ({ value: email, label: fullName }))]}
      />
      <SelectField
        label="Outcome"
        name="outcome"
        fieldClassName="w-44 max-md:min-w-36 max-md:flex-1"
        defaultValue={filter.outcome ?? ""}
        options={[every, ...outcomes.map((outcome) => ({ value: outcome, label: outcome }))]}
      />
      <TextField label="From" type="date" name="from" defaultValue={from} fieldClassName="w-36 max-md:flex-1" />
      <TextField label="Until" type="date" name="until" defaultValue={until} fieldClassName="w-36 max-md:flex-1" />
    </FilterForm>
  );
}
