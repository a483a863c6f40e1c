import { useSearchParams } from "@remix-run/react";

import { ButtonLink } from "~/ui/button";
import { SelectField, TextField } from "~/ui/field";
import { FilterForm } from "~/ui/filter-form";
import { Page, Section } from "~/ui/page";
import { Age } from "~/ui/time";
import type { ShiftsRead } from "./read-shifts.server";
import { searchAtPage, statuses } from "./shift-search";
import { ShiftTable } from "./shift-table";

export function ShiftsPage({ read }: { read: ShiftsRead }) {
  const [params] = useSearchParams();
  const { shifts, search, nextAfterId, readAt } = read;
  const isNarrowed = ["status", "text", "from", "page"].some((name) => params.get(name));
  return (
    <Page
      title="Shifts"
      description="Who stands where, from when to when. Times are those of the location."
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
    >
      <FilterForm clearTo={isNarrowed ? "/shifts" : null}>
        <TextField
          label="Search"
          type="search"
          name="text"
          defaultValue={search.text}
          placeholder="Guard, location, client or shift number"
          fieldClassName="w-72 max-md:w-full"
        />
        <SelectField
          label="Status"
          name="status"
          defaultValue={search.status ?? ""}
          options={[{ value: "", label: "All" }, ...statuses.map((status) => ({ value: status, label: status }))]}
        />
        <TextField
          label={search.order === "start" ? "From" : "Until"}
          type="date"
          name="from"
          defaultValue={search.from}
        />
        {params.get("sort") && <input type="hidden" name="sort" value={search.order} />}
      </FilterForm>
      <Section flush>
        <ShiftTable shifts={shifts} order={search.order} isNarrowed={isNarrowed} />
      </Section>
      {(search.afterId !== null || nextAfterId !== null) && (
        <nav aria-label="Pages" className="flex gap-2">
          {search.afterId !== null && <ButtonLink to={`/shifts${searchAtPage(params, null)}`}>First page</ButtonLink>}
          {nextAfterId !== null && (
            <ButtonLink to={`/shifts${searchAtPage(params, nextAfterId)}`}>Next page</ButtonLink>
          )}
        </nav>
      )}
    </Page>
  );
}
