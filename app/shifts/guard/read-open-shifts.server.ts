import { data } from "@remix-run/node";

import { securyflex } from "../../../db/connections";
import { worstOf } from "../../../db/rules/shifts/assignment-rules";
import { listOpenShiftsForGuard } from "../../../db/shifts/candidates/list-open-shifts-for-guard";

const orders = ["nearest", "soonest"] as const;
const mostListed = 60;

/** Which open shifts of the next seven days a guard could take, as the address asks for them. Throws 404 for no guard. */
export async function readOpenShifts(guardId: string | undefined, search: URLSearchParams) {
  const readAt = new Date();
  const id = guardId && /^[1-9]\d{0,14}$/.test(guardId) ? Number(guardId) : undefined;
  const order = orders.find((one) => one === search.get("order")) ?? "nearest";
  const isAll = search.get("show") === "all";
  const found =
    id === undefined
      ? undefined
      : await listOpenShiftsForGuard(securyflex("console_read"), {
          guardId: id,
          asOf: readAt,
          order,
          most: mostListed,
        });
  if (!found) {
    const message = "They may have left, or the number was mistyped.";
    throw data({ title: "There is no such guard", message }, { status: 404 });
  }
  const judged = found.shifts.map((shift) => ({ ...shift, worst: worstOf(shift.reasons) }));
  const shown = isAll ? judged : judged.filter(({ worst }) => worst !== "block");
  return {
    guard: found.guard,
    shifts: shown,
    ...{ order, isAll, readAt },
    openCount: found.openCount,
    listedCount: judged.length,
    blockedCount: judged.filter(({ worst }) => worst === "block").length,
  };
}

export type OpenShiftsRead = Awaited<ReturnType<typeof readOpenShifts>>;
