import { data } from "@remix-run/node";

import { consoleDatabase } from "../../db/connections";
import { getStatementText } from "../../db/database/list-statements";

const largest = 2n ** 63n;

/** A statement that the worker has seen. Throws 404 for what is no id, or was never seen. */
export async function requireStatement(asked: string | undefined) {
  const isId = asked !== undefined && /^-?[1-9]\d{0,18}$/.test(asked);
  const isInRange = isId && BigInt(asked) < largest && BigInt(asked) >= -largest;
  const known = isInRange ? await getStatementText(consoleDatabase(), asked) : undefined;
  if (!asked || !known) {
    const message = "The worker has seen no statement of this id; the list holds those of the last 90 days.";
    throw data({ title: "There is no such statement", message }, { status: 404 });
  }
  return { queryId: asked, ...known };
}
