import { byteOrderMark, csvLine, isoInZone } from "~/ui/csv-text";
import type { ConsoleDatabase } from "../../../db/connections";
import { slaDefinition } from "../../../db/rules/sla/facts";
import { readSlaAge } from "../../../db/sla/read-sla";
import { describeSlaFilter } from "../describe-filter";
import { type SlaAddress, slaZone } from "../sla-question";

/** What the head of each file says before its columns. */
export async function tellPreamble(
  db: ConsoleDatabase,
  { title, asOf, address, asked }: { title: string; asOf: Date; address: SlaAddress; asked: readonly string[][] },
): Promise<string> {
  const { frozenUntil, liveAt } = await readSlaAge(db);
  const lines: (string | number)[][] = [
    [`SecuryFlex ${title}`],
    ["Exported", isoInZone(asOf, slaZone)],
    ["Period", address.period.from, address.period.until],
    ["Time zone", "each shift's own: it belongs to the local date of its start; times carry their offset"],
    ["Filter", describeSlaFilter(address)],
    ...asked.map((line) => [...line]),
    ["Definition", slaDefinition],
    ["Frozen", frozenUntil ? `shifts that ended by ${isoInZone(frozenUntil, slaZone)}` : "none yet"],
    ["Live", liveAt ? `the others as told ${isoInZone(liveAt, slaZone)}` : "not told yet"],
    [],
  ];
  return byteOrderMark + lines.map(csvLine).join("");
}
