import { daysOf, type Period } from "../../db/rules/sla/period";
import type { SlaChoices } from "../../db/sla/list-sla-choices";
import { formatDate } from "./format-date";
import type { Against, NumbersQuestion } from "./numbers-question";

/** "Mon 26 Oct to Sun 22 Nov 2026", with both years where they differ; "Sun 22 Nov 2026" of one day. */
export function tellPeriod({ from, until }: Period): string {
  const [first, last] = [from.slice(0, 4), until.slice(0, 4)];
  if (from === until) return `${formatDate(until)} ${last}`;
  return `${formatDate(from)}${first === last ? "" : ` ${first}`} to ${formatDate(until)} ${last}`;
}

/** What the numbers are held against, to stand over its column: "28 days before", "1 to 28 Oct 2026", a client's name. */
export function tellAgainst({ against, period }: NumbersQuestion, { clients }: SlaChoices): string {
  if (against.kind === "previous") return daysOf(period) === 1 ? "the day before" : `the ${daysOf(period)} days before`;
  if (against.kind === "period") return tellPeriod(against.period);
  return clientName(against, clients);
}

function clientName({ filter }: Against, clients: SlaChoices["clients"]): string {
  return clients.find(({ id }) => id === filter.clientId)?.name ?? `client ${filter.clientId}`;
}
