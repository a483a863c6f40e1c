import { Link } from "@remix-run/react";

import { Badge } from "~/ui/badge";
import type { Column } from "~/ui/table";
import { Time } from "~/ui/time";
import type { RuleSeverity } from "../../../db/rules/shifts/assignment-rules";
import type { ListedRule } from "./read-rules.server";

const severities = { block: "critical", warn: "warning", info: "notice" } as const satisfies Record<
  RuleSeverity,
  string
>;
const employmentNames = { zzp: "ZZP", employee: "employees" } as const;

export const ruleColumns: readonly Column<ListedRule>[] = [
  {
    id: "rule",
    header: "Rule",
    sortBy: ({ rule, employment }) => `${rule} ${employment}`,
    cell: ({ rule, employment }) => (
      <>
        <span className="font-medium">{rule}</span>
        <span className="text-muted"> for {employmentNames[employment]}</span>
      </>
    ),
  },
  {
    id: "severity",
    header: "Weighs",
    sortBy: ({ severity }) => severity,
    cell: ({ severity }) => <Badge severity={severities[severity]}>{severity}</Badge>,
  },
  {
    id: "limit",
    header: "Limit",
    cell: ({ limit, unit }) => (limit === null ? <span className="text-muted">none</span> : `${limit} ${unit}`),
  },
  {
    id: "roles",
    header: "Overridden by",
    isWideOnly: true,
    cell: ({ overrideRoles }) =>
      overrideRoles.length === 0 ? <span className="text-muted">nobody</span> : overrideRoles.join(", "),
  },
  {
    id: "from",
    header: "From",
    sortBy: ({ validFrom }) => +validFrom,
    cell: ({ validFrom }) => <Moment at={validFrom} />,
  },
  {
    id: "until",
    header: "Until",
    isWideOnly: true,
    cell: ({ validUntil }) => (validUntil ? <Moment at={validUntil} /> : <span className="text-muted">no end</span>),
  },
  {
    id: "why",
    header: "Why",
    isWideOnly: true,
    isFilling: true,
    cell: ({ reason, setBy }) => (
      <span className="whitespace-normal">
        {reason} <span className="text-muted">{setBy}</span>
      </span>
    ),
  },
  {
    id: "change",
    header: "Change",
    cell: ({ changePath, rule, employment }) =>
      changePath && (
        <Link
          to={changePath}
          className="text-accent underline underline-offset-2"
          aria-label={`Change ${rule} for ${employmentNames[employment]}`}
        >
          Change
        </Link>
      ),
  },
];

/** The year belongs to it: a rule may hold since long ago. */
function Moment({ at }: { at: Date }) {
  return (
    <>
      <Time at={at} style="date" />, <Time at={at} style="minute" />
    </>
  );
}
