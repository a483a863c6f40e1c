import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { closeConnections, consoleDatabase } from "../../../db/connections";
import { changeView, deleteView, listViews, mostViews, saveView, ViewError } from "../../../db/console/saved-views";
import { auditEvents, savedViews, staff } from "../../../db/console/schema";
import { cloneDatabases, type TestDatabases } from "../../support/databases";

let databases: TestDatabases;
let anna: string;
let bram: string;

beforeAll(async () => {
  databases = await cloneDatabases();
  Object.assign(process.env, databases.environment);
  const added = await consoleDatabase()
    .insert(staff)
    .values(
      ["Anna", "Bram"].map((name) => ({
        email: `${name.toLowerCase()}@example.nl`,
        fullName: `${name} de Wit`,
        role: "ops" as const,
        passwordHash: "none",
      })),
    )
    .returning();
  [anna, bram] = added.map(({ id }) => id) as [string, string];
});

beforeEach(async () => {
  await consoleDatabase().delete(savedViews);
});

afterAll(async () => {
  await closeConnections();
  await databases.drop();
});

const save = (staffId: string, name: string, values: { isShared?: boolean; room?: "live" | "shifts" } = {}) =>
  saveView(consoleDatabase(), {
    staffId,
    requestId: "r-1",
    room: "live",
    name,
    search: "state=late",
    isShared: false,
    ...values,
  });
const namesOf = async (staffId: string, room: "live" | "shifts" = "live") =>
  (await listViews(consoleDatabase(), { room, staffId })).map(({ name }) => name);
const trailOf = async (id: number) =>
  (
    await consoleDatabase()
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.target, `view:${id}`))
      .orderBy(auditEvents.id)
  ).map(({ action, staffId }) => [action, staffId]);

test("a person sees their own views and the shared ones of others, by name, room by room", async () => {
  await save(anna, "nights");
  await save(anna, "Harbour", { isShared: true });
  await save(anna, "drafts", { room: "shifts" });
  await save(bram, "mine alone");
  expect(await namesOf(anna)).toEqual(["Harbour", "nights"]);
  expect(await namesOf(bram)).toEqual(["Harbour", "mine alone"]);
  expect(await namesOf(anna, "shifts")).toEqual(["drafts"]);
  expect(await namesOf(bram, "shifts")).toEqual([]);
});

test("two views of one person and room cannot share a name; those of two people can", async () => {
  await save(anna, "nights");
  await expect(save(anna, "nights")).rejects.toThrow("you have a view called “nights” in this room");
  await save(bram, "nights");
  await save(anna, "nights", { room: "shifts" });
  const other = await save(anna, "days");
  const rename = changeView(consoleDatabase(), {
    staffId: anna,
    requestId: null,
    room: "live",
    id: other.id,
    name: "nights",
  });
  await expect(rename).rejects.toThrow(ViewError);
  expect(await namesOf(anna)).toEqual(["days", "nights"]);
});

test("nobody changes or deletes the view of another, shared or not, or one of another room", async () => {
  const { id } = await save(anna, "nights", { isShared: true });
  const db = consoleDatabase();
  const foreign = { staffId: bram, requestId: null, room: "live" as const, id };
  await expect(changeView(db, { ...foreign, name: "taken" })).rejects.toThrow(ViewError);
  await expect(deleteView(db, foreign)).rejects.toThrow(ViewError);
  await expect(deleteView(db, { ...foreign, staffId: anna, room: "shifts" })).rejects.toThrow(ViewError);
  expect(await namesOf(anna)).toEqual(["nights"]);
  expect(await deleteView(db, { ...foreign, staffId: anna })).toMatchObject({ id });
  expect(await namesOf(anna)).toEqual([]);
});

test("what happens to a shared view is on record, what happens to one's own is not", async () => {
  const db = consoleDatabase();
  const { id } = await save(anna, "nights");
  const own = { staffId: anna, requestId: "r-2", room: "live" as const, id };
  await changeView(db, { ...own, name: "night" });
  expect(await trailOf(id)).toEqual([]);
  await changeView(db, { ...own, isShared: true });
  await changeView(db, { ...own, search: "state=no-show" });
  await changeView(db, { ...own, isShared: false });
  await changeView(db, { ...own, isShared: true });
  await deleteView(db, own);
  expect(await trailOf(id)).toEqual(
    ["view.share", "view.change", "view.unshare", "view.share", "view.unshare"].map((action) => [action, anna]),
  );
});

test("a person keeps at most so many views in a room, also where they are saved at one moment", async () => {
  for (let count = 1; count < mostViews; count += 1) await save(anna, `view ${count}`);
  const results = await Promise.allSettled(["one", "two", "three"].map((name) => save(anna, name)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await namesOf(anna)).toHaveLength(mostViews);
  await save(anna, "of the other room", { room: "shifts" });
});

test("the database itself refuses what no form lets through", async () => {
  const insert = (values: Partial<typeof savedViews.$inferInsert>) =>
    consoleDatabase()
      .insert(savedViews)
      .values({ staffId: anna, room: "live", name: "fine", search: "state=late", ...values });
  await expect(insert({ name: "" })).rejects.toThrow();
  await expect(insert({ name: " padded " })).rejects.toThrow();
  await expect(insert({ name: "a".repeat(61) })).rejects.toThrow();
  await expect(insert({ search: "" })).rejects.toThrow();
  await expect(insert({ search: "a".repeat(1001) })).rejects.toThrow();
  await expect(insert({ room: "database" as "live" })).rejects.toThrow();
  await insert({});
});
