import { data, redirect } from "@remix-run/node";

import { boardAddress, travelDays } from "~/ui/board-address";
import { consoleDatabase, securyflex } from "../../../db/connections";
import { breachMoment } from "../../../db/rules/sla/breach-moment";
import { definitions } from "../../../db/rules/sla/definitions";
import { findBreach } from "../../../db/sla/find-breach";
import { findSlaShift } from "../../../db/sla/list-sla-shifts";

/**
 * Leads to the board of the moment at which the metric of the address was breached, or of the shift's start where that
 * moment is not on record. Throws 404 where there are no facts of the shift, or the board of that time is not kept.
 */
export async function showBreach(request: Request, asked: string | undefined): Promise<never> {
  const metric = new URL(request.url).searchParams.get("metric");
  const definition = definitions.find(({ id }) => id === metric);
  const shiftId = /^[1-9]\d{0,14}$/.test(asked ?? "") ? Number(asked) : undefined;
  const console = consoleDatabase();
  const shift = definition && shiftId ? await findSlaShift(console, shiftId) : undefined;
  if (!definition || !shiftId || !shift) {
    const message = "No facts of such a shift are on record; the address may be mistyped.";
    throw data({ title: "There is no such breach", message }, { status: 404 });
  }
  const { at } = breachMoment(definition.id, shift);
  const ground = { securyflex: securyflex("console_read"), console };
  const moment =
    at === null
      ? ((await findBreach(ground, { metric: definition.id, shiftId })) ?? new Date(shift.startAt * 1000))
      : new Date(at * 1000);
  const board = boardAddress(moment, { shiftId, asOf: new Date() });
  if (board) throw redirect(board);
  const message = `The board is kept for ${travelDays} days. What happened to the shift stands on its own page.`;
  throw data({ title: "The board of that moment is not kept any more", message }, { status: 404 });
}
