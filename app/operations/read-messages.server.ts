import { isPermitted } from "~/auth/permissions";
import type { SignedIn } from "~/auth/signed-in";
import { securyflex } from "../../db/connections";
import {
  countDeliveries,
  type Delivery,
  listRunDeliveries,
  listShiftDeliveries,
  listTroubledDeliveries,
} from "../../db/deliveries/list-deliveries";
import { readReceiver } from "../../db/deliveries/receiver";
import { readEnvironment } from "../../db/environment";
import { findOperation } from "../../db/operations/index";

export type MessagesRead = {
  deliveries: Delivery[];
  /** Whether a webhook is set; without one nothing is sent. */
  hasReceiver: boolean;
  mayRetry: boolean;
};

/** What was told outside of a shift, newest first. */
export async function readShiftMessages(shiftId: number, signedIn: SignedIn): Promise<MessagesRead> {
  return told(await listShiftDeliveries(securyflex("console_read"), shiftId), signedIn);
}

/** What a run told outside, in its order; what changes no rows tells nothing. */
export async function readRunMessages(
  { id, operation }: { id: string; operation: string },
  signedIn: SignedIn,
): Promise<MessagesRead> {
  const mayTell = findOperation(operation)?.changes === "rows";
  return told(mayTell ? await listRunDeliveries(securyflex("console_read"), id) : [], signedIn);
}

/** What its receiver did not take, the dead first. */
export async function readTroubledMessages(signedIn: SignedIn) {
  const db = securyflex("console_read");
  const [deliveries, counts] = await Promise.all([listTroubledDeliveries(db), countDeliveries(db)]);
  return { ...told(deliveries, signedIn), ...counts, readAt: new Date() };
}

function told(deliveries: Delivery[], { staff }: SignedIn): MessagesRead {
  return {
    deliveries,
    hasReceiver: readReceiver(readEnvironment()) !== undefined,
    mayRetry: isPermitted(staff.role, "deliveries.retry"),
  };
}
