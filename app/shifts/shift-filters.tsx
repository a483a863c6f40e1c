import { Link, useNavigation, useSearchParams } from "@remix-run/react";
import { clsx } from "clsx";
import { useState } from "react";

import { ChoiceField } from "~/ui/choice-field";
import { SelectField, TextField } from "~/ui/field";
import { FilterForm } from "~/ui/filter-form";
import type { ShiftChoices } from "../../db/shifts/list-shift-choices";
import { columnIds, columnLooks } from "./shift-columns";
import { readStatuses, type ShiftSearch, searchWith, statuses } from "./shift-search";

const wide = "w-52 max-md:min-w-36 max-md:flex-1";
const narrow = "w-44 max-md:min-w-36 max-md:flex-1";

export function ShiftFilters({
  search,
  choices,
  isNarrowed,
}: {
  search: ShiftSearch;
  choices: ShiftChoices;
  isNarrowed: boolean;
}) {
  const [params] = useSearchParams();
  const [areMoreOpen, setAreMoreOpen] = useState(
    Boolean(
      search.guard || search.location || search.clientId || search.companyId || search.region || search.isWithoutGuard,
    ),
  );
  return (
    <div className="flex flex-col gap-3">
      <FilterForm clearTo={isNarrowed ? `/shifts${keptSearch(params)}` : null}>
        <TextField
          label="Search"
          type="search"
          name="text"
          defaultValue={search.text}
          placeholder="Guard, location, client or shift number"
          fieldClassName="w-72 max-md:w-full"
        />
        <TextField label="From" type="date" name="from" defaultValue={search.from} fieldClassName="max-md:flex-1" />
        <TextField label="Until" type="date" name="until" defaultValue={search.until} fieldClassName="max-md:flex-1" />
        <details
          open={areMoreOpen}
          onToggle={({ currentTarget }) => setAreMoreOpen(currentTarget.open)}
          className="order-last w-full"
        >
          <summary className="w-fit rounded-md py-1 text-xs font-medium text-muted hover:text-ink">
            More filters
          </summary>
          <div className="mt-1.5 flex flex-wrap items-end gap-3">
            <TextField
              label="Guard"
              name="guard"
              defaultValue={search.guard}
              placeholder="Name or number"
              fieldClassName={narrow}
            />
            <TextField
              label="Location"
              name="location"
              defaultValue={search.location}
              placeholder="Name, city or number"
              fieldClassName={narrow}
            />
            <ChoiceField
              fieldClassName={wide}
              label="Client"
              name="client"
              chosen={search.clientId}
              choices={choices.clients}
            />
            <ChoiceField
              fieldClassName={wide}
              label="Company"
              name="company"
              chosen={search.companyId}
              choices={choices.companies}
            />
            <SelectField
              label="Region"
              name="region"
              defaultValue={search.region}
              fieldClassName={narrow}
              options={[
                { value: "", label: "All" },
                ...choices.regions.map((region) => ({ value: region, label: region })),
              ]}
            />
            <SelectField
              label="Manned"
              name="unassigned"
              defaultValue={search.isWithoutGuard ? "1" : ""}
              fieldClassName={narrow}
              options={[
                { value: "", label: "All" },
                { value: "1", label: "Without guard" },
              ]}
            />
          </div>
        </details>
        <SelectField
          label="Order"
          name="sort"
          defaultValue={params.get("sort") ?? ""}
          fieldClassName="md:hidden max-md:basis-full"
          options={[{ value: "", label: "As it comes" }, ...listOrders()]}
        />
        {search.statuses.map((status) => (
          <input key={status} type="hidden" name="status" value={status} />
        ))}
        {params.has("columns") && <input type="hidden" name="columns" value={search.columns.join()} />}
      </FilterForm>
      <StatusLinks />
    </div>
  );
}

/** Clearing the filters leaves order and columns. */
function keptSearch(params: URLSearchParams): string {
  const kept = new URLSearchParams();
  for (const name of ["sort", "columns"]) {
    const value = params.get(name);
    if (value) kept.set(name, value);
  }
  return kept.size > 0 ? `?${kept}` : "";
}

function listOrders(): { value: string; label: string }[] {
  return columnIds.flatMap((id) => {
    const { label, sortBy } = columnLooks[id];
    if (!sortBy) return [];
    return [
      { value: sortBy, label: `${label}, first to last` },
      { value: `-${sortBy}`, label: `${label}, last to first` },
    ];
  });
}

/** Each state is a link that adds or removes it, so that several can be chosen one after the other, also without script. */
function StatusLinks() {
  const [shown] = useSearchParams();
  // While an answer is on its way the next choice adds to what was asked for last.
  const asked = useNavigation().location;
  const params = asked?.pathname === "/shifts" ? new URLSearchParams(asked.search) : shown;
  const chosen = readStatuses(params);
  return (
    <nav aria-label="Status" className="flex flex-wrap gap-1.5">
      {statuses.map((status) => {
        const isChosen = chosen.includes(status);
        const next = isChosen ? chosen.filter((one) => one !== status) : [...chosen, status];
        return (
          <Link
            key={status}
            to={{ search: searchWith(params, { status: next.length > 0 ? next.join() : null }) }}
            replace
            preventScrollReset
            aria-current={isChosen || undefined}
            className={clsx(
              "inline-flex h-7 items-center rounded-full border px-3 max-md:h-9",
              isChosen
                ? "border-transparent bg-accent-fill text-on-accent"
                : "border-line-strong bg-surface text-muted hover:bg-hover hover:text-ink",
            )}
          >
            {status}
          </Link>
        );
      })}
    </nav>
  );
}
