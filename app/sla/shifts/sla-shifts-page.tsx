import { useSearchParams } from "@remix-run/react";

import { ButtonLink, buttonClass } from "~/ui/button";
import { SelectField } from "~/ui/field";
import { FilterForm } from "~/ui/filter-form";
import { formatCount } from "~/ui/format";
import { Page, Section } from "~/ui/page";
import { ProblemList } from "~/ui/problem-list";
import { Age } from "~/ui/time";
import { definitionOf, definitions } from "../../../db/rules/sla/definitions";
import { DefinitionNote } from "../definition-note";
import { describeSlaFilter } from "../describe-filter";
import { slaSearch } from "../sla-question";
import { SlaTabs } from "../sla-tabs";
import { tellPeriod } from "../tell-period";
import type { SlaShiftsRead } from "./read-sla-shifts.server";
import { SlaShiftsTable } from "./sla-shifts-table";

const parts = { misses: "missed", counted: "were counted in", "left out": "were left out of" } as const;
const kept = ["range", "from", "until", "client", "company", "location", "region", "by", "key"];

/** The very shifts behind one number of the room. */
export function SlaShiftsPage({ read }: { read: SlaShiftsRead }) {
  const { metric, part, group, names, period, count, shifts, asOf, age, problems, isFirstPage, next } = read;
  const [params] = useSearchParams();
  const definition = definitionOf(metric);
  const filter = describeSlaFilter(read, names);
  const search = (after: string | null) =>
    slaSearch(read, { metric, part, by: group?.by ?? null, key: group?.key ?? null, after });
  return (
    <Page
      title="Shifts behind the numbers"
      description={`${formatCount(count)} ${count === 1 ? "shift" : "shifts"} that ${parts[part]} ${definition.title}, ${tellPeriod(period)}${group ? `, ${group.by} ${names[group.by] ?? group.key}` : ""}${filter === "none" ? "" : `; ${filter}`}.`}
      age={
        age.liveAt && (
          <>
            Live ones told <Age at={age.liveAt} />
          </>
        )
      }
      actions={
        <a href={`/sla/shifts.csv${search(null)}`} className={buttonClass()} download>
          CSV of all that match
        </a>
      }
    >
      <SlaTabs current="shifts" />
      <ProblemList sentences={problems} />
      <FilterForm clearTo={null}>
        {kept.map((name) => {
          const value = params.get(name);
          return value && <input key={name} type="hidden" name={name} value={value} />;
        })}
        <SelectField
          label="Number"
          name="metric"
          defaultValue={metric}
          options={definitions.map(({ id, title }) => ({ value: id, label: title }))}
        />
        <SelectField
          label="Shifts that"
          name="part"
          defaultValue={part}
          options={Object.entries(parts).map(([value, words]) => ({ value, label: `${words} it` }))}
        />
      </FilterForm>
      <DefinitionNote definition={definition} />
      <Section flush>
        <SlaShiftsTable shifts={shifts} asOf={asOf} />
      </Section>
      {(next || !isFirstPage) && (
        <nav aria-label="Pages" className="flex flex-wrap gap-2">
          {!isFirstPage && (
            <ButtonLink size="sm" to={`/sla/shifts${search(null)}`}>
              First page
            </ButtonLink>
          )}
          {next && (
            <ButtonLink size="sm" to={`/sla/shifts${search(next)}`} rel="next">
              Next page
            </ButtonLink>
          )}
        </nav>
      )}
    </Page>
  );
}
