import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { readShiftsQuestion } from "../../../app/sla/csv/shifts-address";
import { tellNumbers } from "../../../app/sla/csv/tell-numbers.server";
import { tellShifts } from "../../../app/sla/csv/tell-shifts.server";
import { freezeOn } from "../../../db/sla/freeze-range";
import type { SlaFilter } from "../../../db/sla/standing-facts";
import { openSlaStage, type SlaStage } from "../../db/sla/sla-stage";
import { worked } from "../../db/sla/worked";

const asOf = new Date("2026-11-22T13:00:00Z");
const addressOf = (filter: SlaFilter = {}) => ({
  period: { from: "2026-11-16", until: "2026-11-22" },
  filter,
  problems: [],
});
let stage: SlaStage;

beforeAll(async () => {
  stage = await openSlaStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.end());

async function read(chunks: AsyncIterable<string>): Promise<string[]> {
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text.split("\r\n");
}

const shiftsOf = (search: string, filter: SlaFilter = {}) =>
  read(
    tellShifts(stage.appDb, {
      asOf,
      address: addressOf(filter),
      question: readShiftsQuestion(new URLSearchParams(search)),
    }),
  );

test("a file of shifts says what it holds, then each shift once, over as many pages as it takes", async () => {
  await stage.play([worked("2026-11-19T09:00:00Z", { checkins: [] }), worked("2026-11-18T09:00:00Z")]);
  await freezeOn(stage.ground, asOf);
  await stage.appOwner`
    insert into sla_shift_facts
    select copy.* from sla_shift_facts as fact, generate_series(1, 1200) as number,
           lateral jsonb_populate_record(fact, jsonb_build_object('shift_id', 100000 + number)) as copy
    where fact.due = fact.on_time`;
  const lines = await shiftsOf("");
  expect(lines.slice(0, 10)).toEqual([
    "\uFEFFSecuryFlex shifts of the SLA room",
    "Exported,2026-11-22T14:00:00+01:00",
    "Period,2026-11-16,2026-11-22",
    "Time zone,each shift's own: it belongs to the local date of its start; times carry their offset",
    "Filter,none",
    "Shifts,all",
    "Definition,1",
    "Frozen,shifts that ended by 2026-11-21T14:00:00+01:00",
    "Live,not told yet",
    "",
  ]);
  const ids = lines.slice(11, -3).map((line) => line.split(",")[0]);
  expect(new Set(ids).size).toBe(1202);
  expect(ids).toHaveLength(1202);
  expect(lines.slice(-3)).toEqual(["", "End of export,1202", ""]);
  const misses = await shiftsOf("metric=no-show&part=misses&by=day&key=2026-11-19");
  expect(misses).toContain("Shifts,misses of no-show; day 2026-11-19");
  expect(misses.at(-2)).toBe("End of export,1");
});

test("a name that a spreadsheet would run stays text, and a shift keeps the zone of its location", async () => {
  await stage.play([worked("2026-11-18T09:00:00Z", { zone: "America/Kralendijk" })]);
  await stage.owner.execute(`update organizations set name = '=1+1' where name = 'Rijk Kralendijk'`);
  await freezeOn(stage.ground, asOf);
  await stage.owner.execute(`update organizations set name = 'Rijk Kralendijk' where name = '=1+1'`);
  const [header, line] = (await shiftsOf("")).slice(10) as [string, string];
  const cells = Object.fromEntries(header.split(",").map((name, index) => [name, line.split(",")[index]]));
  expect(cells).toMatchObject({
    ...{ Client: "'=1+1", Facts: "frozen", Start: "2026-11-18T05:00:00-04:00", "Local date": "2026-11-18" },
    ...{ "Assignments due": "1", "On time": "1", "Late (s)": "0", Definition: "1" },
  });
});

test("a file of numbers has a line for each metric of each client, of the period and the one before", async () => {
  await stage.play([
    worked("2026-11-19T09:00:00Z", { checkins: [] }),
    worked("2026-11-18T09:00:00Z"),
    worked("2026-11-11T09:00:00Z"),
    worked("2026-11-18T09:00:00Z", { zone: "America/Kralendijk", assignments: [], checkins: [] }),
  ]);
  await freezeOn(stage.ground, asOf);
  const lines = await read(tellNumbers(stage.appDb, { asOf, address: addressOf(), by: "client" }));
  const of = (client: string, metric: string) =>
    lines.filter((line) => line.includes(`,${client},`) && line.includes(`,${metric},`)).map((line) => line.split(","));
  const onTime = of("Hotel De Kroon", "on-time");
  expect(onTime.map((cells) => cells.slice(2, 11))).toEqual([
    ["2026-11-16", "2026-11-22", "2", "0", "0", "on-time", "1", "2", "0.5"],
    ["2026-11-09", "2026-11-15", "1", "0", "0", "on-time", "1", "1", "1"],
  ]);
  expect(of("Rijk Kralendijk", "fill")[0]?.slice(7)).toEqual([
    "fill",
    "",
    "1",
    "",
    "",
    "",
    "",
    "",
    "",
    "1",
    "never",
    "never",
  ]);
  expect(lines.at(-2)).toBe("End of export,36");
});

test("a question that cannot be meant is told, not guessed", () => {
  const problemsOf = (search: string) => readShiftsQuestion(new URLSearchParams(search)).problems.join(" ");
  expect(problemsOf("metric=on-time&part=left-out&by=client&key=3")).toBe("");
  expect(problemsOf("metric=drop")).toContain('"drop" is no metric');
  expect(problemsOf("part=misses")).toContain("does not say of which metric");
  expect(problemsOf("key=2026-11-19")).toContain("does not say by what");
});
