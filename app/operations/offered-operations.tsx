import { ButtonLink } from "~/ui/button";
import type { OperationPermission } from "../../db/operation";
import type { OperationsRead } from "./read-operations.server";

const subjects: Record<OperationPermission, string> = {
  "shifts.reassign": "Shifts",
  "shifts.share": "Evidence",
  "sla.report": "Reports",
  "sla.change": "Targets",
  "rules.change": "Rules",
  "live.respond": "Incidents",
  "deliveries.retry": "Deliveries",
  "database.maintain": "Tables",
  "database.measure": "Bloat",
  "database.index": "Indexes",
  "database.signal": "Sessions",
  "database.backup": "Backups",
  "database.migrate": "Migrations",
  "staff.change": "Accounts",
};

/** What the reader may ask for, by what it acts upon. */
export function OfferedOperations({ offered }: Pick<OperationsRead, "offered">) {
  const groups = Object.entries(subjects)
    .map(([permission, subject]) => ({ subject, offered: offered.filter((one) => one.permission === permission) }))
    .filter((group) => group.offered.length > 0);
  return (
    <details className="rounded-lg border border-line bg-surface">
      <summary className="cursor-pointer px-4 py-2.5 text-sm font-semibold">
        Start an operation{" "}
        <span className="ml-2 text-xs font-normal text-muted">Each shows its plan before anything happens</span>
      </summary>
      <dl className="grid border-t border-line p-4 gap-x-6 gap-y-2.5 sm:grid-cols-[max-content_minmax(0,1fr)]">
        {groups.map(({ subject, offered: own }) => (
          <div key={subject} className="contents">
            <dt className="text-muted sm:pt-1">{subject}</dt>
            <dd className="flex flex-wrap gap-2 max-sm:mb-1.5">
              {own.map(({ id, title }) => (
                <ButtonLink key={id} to={`/operations/new/${id}`} size="sm">
                  {title}
                </ButtonLink>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
