import { ChoiceField } from "~/ui/choice-field";
import { FilterForm } from "~/ui/filter-form";
import { Page, Section } from "~/ui/page";
import { ProblemList } from "~/ui/problem-list";
import { DataTable } from "~/ui/table";
import { Age } from "~/ui/time";

import { SlaTabs } from "../sla-tabs";
import { tellPeriod } from "../tell-period";
import type { SlaTargetsRead } from "./read-sla-targets.server";
import { inForceColumns, SetTargetsTable } from "./target-tables";
import { TimesSection } from "./times-section";

/** What the numbers are to reach, what is left of the misses that this allows, and who set it. */
export function SlaTargetsPage({ read }: { read: SlaTargetsRead }) {
  const { clientId, clients, inForce, set, period, problems, readAt, tryPath } = read;
  const name = clients.find(({ id }) => id === clientId)?.name;
  return (
    <Page
      title="Targets"
      description={`What holds today for ${name ?? "the house"}, and the error budgets of the 28 days ${tellPeriod(period)}.`}
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
    >
      <SlaTabs current="targets" />
      <ProblemList sentences={problems} />
      <FilterForm clearTo={clientId === undefined ? null : "/sla/targets"}>
        <ChoiceField label="Client" name="client" chosen={clientId} choices={clients} none="The house" />
      </FilterForm>
      <Section title="In force" note="a client's own target outranks the house standard" flush>
        <DataTable
          caption="Targets in force today"
          rows={inForce}
          columns={inForceColumns}
          rowId={({ id }) => id}
          empty={null}
        />
      </Section>
      <Section title="Set so far" note="a target is never changed: another follows it from a later date" flush>
        <SetTargetsTable set={set} />
      </Section>
      <TimesSection tryPath={tryPath} />
    </Page>
  );
}
