import { data } from "@remix-run/node";

import { consoleDatabase } from "../../../db/connections";
import { isOpenLink, listEvidenceLinks } from "../../../db/console/evidence-links";
import type { Operation } from "../../../db/operation";
import { findOperation } from "../../../db/operations/index";
import { requireShift } from "../read-shift.server";
import { evidencePath } from "./evidence-token.server";

/** The links that were given out for a shift, newest first, each with its address while it opens. Throws 404 for no shift. */
export async function readLinks(request: Request, shiftId: string | undefined) {
  const shift = await requireShift(shiftId);
  const readAt = new Date();
  const links = await listEvidenceLinks(consoleDatabase(), shift.id);
  return {
    shift: { id: shift.id, post: shift.post, locationName: shift.location.name, hasEnded: shift.endAt <= readAt },
    links: links.map((link) => ({
      ...link,
      address: isOpenLink(link, readAt) ? new URL(evidencePath(link.id), request.url).href : null,
    })),
    readAt,
  };
}

export type LinksRead = Awaited<ReturnType<typeof readLinks>>;

/** Throws 404 for what does nothing with evidence. */
export function requireEvidenceOperation(operationId: string | undefined): Operation {
  const operation = findOperation(operationId);
  if (operation?.permission === "shifts.share") return operation;
  throw data(
    { title: "There is no such action", message: "The address names nothing that is done with evidence." },
    { status: 404 },
  );
}
