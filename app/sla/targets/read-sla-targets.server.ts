import { isPermitted } from "~/auth/permissions";
import type { SignedIn } from "~/auth/signed-in";
import { consoleDatabase } from "../../../db/connections";
import { localDate } from "../../../db/rules/shifts/start-of-day";
import { definitions, type MetricId } from "../../../db/rules/sla/definitions";
import { addDays } from "../../../db/rules/sla/period";
import type { SetTarget } from "../../../db/rules/sla/target-spans";
import { budgetPeriod } from "../../../db/rules/sla/tell-budget";
import { listSetTargets } from "../../../db/sla/list-set-targets";
import { listSlaClients } from "../../../db/sla/list-sla-choices";
import { readBudgets } from "../../../db/sla/read-budgets";
import { readSlaSummary } from "../../../db/sla/read-sla";
import { readTargets } from "../../../db/sla/read-targets";
import { secondsOf, shareOf } from "../share-of";
import { readSlaAddress, slaZone } from "../sla-question";

/** What holds today for the house or one client, with the budgets of the last 28 full days, and everything that was set. */
export async function readSlaTargets({ staff }: SignedIn, params: URLSearchParams) {
  const readAt = new Date();
  const today = localDate(readAt, slaZone);
  const { filter: asked, problems } = readSlaAddress(params, readAt);
  const { clientId } = asked;
  const own = clientId === undefined ? {} : { clientId };
  const until = addDays(today, -1);
  const db = consoleDatabase();
  const inForce = await readTargets(db, { ...own, at: today });
  const [budgets, numbers, clients, set] = await Promise.all([
    readBudgets(db, { filter: own, until }),
    readSlaSummary(db, { filter: own, period: budgetPeriod(until), targets: secondsOf(inForce) }),
    listSlaClients(db),
    listSetTargets(db, own),
  ]);
  const nameOf = new Map(clients.map(({ id, name }) => [id, name]));
  const mayChange = isPermitted(staff.role, "sla.change");
  return {
    readAt,
    problems,
    clientId,
    clients,
    period: budgetPeriod(until),
    inForce: definitions.map(({ id }) => ({
      id,
      target: inForce.get(id) ?? null,
      share: numbers.current && shareOf(id, numbers.current),
      budget: budgets[id] ?? null,
      setPath: mayChange ? setPath(id, inForce.get(id), clientId) : null,
    })),
    tryPath: mayChange
      ? `/operations/new/try-sla-definition${clientId === undefined ? "" : `?client=${clientId}`}`
      : null,
    set: set.map((one) => ({
      ...one,
      clientName: one.clientId === null ? null : (nameOf.get(one.clientId) ?? `client ${one.clientId}`),
    })),
  };
}

function setPath(metric: MetricId, target: SetTarget | undefined, clientId: number | undefined): string {
  const given = new URLSearchParams({ metric });
  if (clientId !== undefined) given.set("client", String(clientId));
  if (target) given.set("percent", String(Number((100 * target.ratio).toFixed(2))));
  if (target?.targetSeconds) given.set("seconds", String(target.targetSeconds));
  return `/operations/new/set-sla-target?${given}`;
}

export type SlaTargetsRead = Awaited<ReturnType<typeof readSlaTargets>>;
