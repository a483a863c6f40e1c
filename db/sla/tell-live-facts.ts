import type { Ground } from "./freeze-range";
import { settleSeconds } from "./freeze-range";
import { readHistories } from "./read-histories";
import { tellFacts } from "./tell-facts";

/** Tells anew every shift that has begun and is not frozen yet, as it is at `asOf`. Returns how many. */
export async function tellLiveFacts({ securyflex, write }: Ground, asOf: Date): Promise<number> {
  const [progress] = await write(
    (console) => console<{ frozenUntil: Date | null }[]>`
    select frozen_until as "frozenUntil" from sla_progress`,
  );
  const settled = new Date(+asOf - settleSeconds * 1000);
  const late = new Date(+settled - settleSeconds * 1000);
  const frozenUntil = progress?.frozenUntil ?? settled;
  const endsAfter = frozenUntil < late ? late : frozenUntil;
  const histories = await readHistories(securyflex, { endsAfter, startsBy: asOf });
  await write(async (console) => {
    const rows = Array.from(await tellFacts(console, histories, asOf), ({ shift }) => ({
      ...shift(),
      sequence: 1,
      frozen_at: asOf.toISOString(),
    }));
    await console`delete from sla_live_shift_facts`;
    await console`
      insert into sla_live_shift_facts
      select * from jsonb_populate_recordset(null::sla_live_shift_facts, ${console.json(rows)})`;
    await console`
      insert into sla_progress (live_at) values (${asOf}) on conflict (id) do update set live_at = excluded.live_at`;
  });
  return histories.length;
}
