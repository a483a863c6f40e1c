import type { Session } from "../seed/copy";
import type { Instant } from "../story/instant";
import { tellPayment } from "../story/payment-story";

/** Payments of completed shifts go on: approved, then paid or failed, each by its own story. */
export async function settlePayments(sql: Session, seed: number, at: Instant): Promise<void> {
  const open = await sql<{ id: string; shiftId: string; endAt: string; status: "pending" | "approved" }[]>`
    select
      payment.id, shift_id as "shiftId", extract(epoch from end_datetime) * 1000 as "endAt", payment.status
    from finqle_transactions payment
    join shifts on shifts.id = shift_id
    where payment.status in ('pending', 'approved') and shifts.status = 'completed'
  `;
  const changes = open.flatMap(({ id, shiftId, endAt, status }) => {
    const { approvedAt, paidAt, failedAt } = tellPayment(seed, { shiftId: Number(shiftId), endAt: Number(endAt) });
    const write = (next: string, paid: Instant | null) => ({
      id: Number(id),
      status: next,
      approved_at: new Date(approvedAt).toISOString(),
      paid_at: paid === null ? null : new Date(paid).toISOString(),
    });
    if (paidAt !== null && paidAt <= at) return [write("paid", paidAt)];
    if (failedAt !== null && failedAt <= at) return [write("failed", null)];
    return approvedAt <= at && status === "pending" ? [write("approved", null)] : [];
  });
  if (changes.length === 0) return;
  await sql`
    update finqle_transactions payment
    set status = change.status, approved_at = coalesce(payment.approved_at, change.approved_at), paid_at = change.paid_at
    from jsonb_to_recordset(${sql.json(changes)}) as change (
      id bigint, status text, approved_at timestamptz, paid_at timestamptz
    )
    where payment.id = change.id and payment.status in ('pending', 'approved')
  `;
}
