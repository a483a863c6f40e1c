import { data } from "@remix-run/node";
import { z } from "zod";

import type { SignedIn } from "~/auth/signed-in";
import { readForm } from "~/http/read-form.server";
import { currentRequest } from "~/http/request-context.server";
import { consoleDatabase } from "../../db/connections";
import { changeView, deleteView, listViews, saveView, ViewError } from "../../db/console/saved-views";
import type { ViewEntry, ViewsAnswer } from "./view-entry";
import { refuseName, refuseSearch, toViewSearch, type ViewRoom } from "./view-search";

/** The views of a room that the person may apply: their own and those that others share, by name. */
export async function readViews(room: ViewRoom, signedIn: SignedIn): Promise<ViewsAnswer> {
  return { views: await listEntries(room, signedIn), writtenId: null };
}

async function listEntries(room: ViewRoom, { staff }: SignedIn): Promise<ViewEntry[]> {
  const views = await listViews(consoleDatabase(), { room, staffId: staff.id });
  return views.map(({ staffId, createdAt: _, room: __, ...view }) => ({ ...view, isOwn: staffId === staff.id }));
}

const name = z.string().transform((text, context) => {
  const trimmed = text.trim().replace(/\s+/g, " ");
  const refusal = refuseName(trimmed);
  if (refusal) context.addIssue({ code: "custom", message: `Nothing was saved: ${refusal}` });
  return trimmed;
});
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const isShared = z.literal("on").optional().transform(Boolean);

const intents = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("save"), name, search: z.string(), isShared }),
  z.object({ intent: z.literal("change"), id, name, isShared }),
  z.object({ intent: z.literal("replace"), id, search: z.string() }),
  z.object({ intent: z.literal("delete"), id }),
]);

/** Saves, changes or deletes a view of the person's own; returns the views there are then. Throws 422: why nothing changed. */
export async function writeView(request: Request, room: ViewRoom, signedIn: SignedIn): Promise<ViewsAnswer> {
  const parsed = intents.safeParse(Object.fromEntries(await readForm(request)));
  if (!parsed.success) {
    const said = parsed.error.issues.find(({ code }) => code === "custom")?.message;
    throw refusal(said ?? "Nothing was saved: the form was incomplete. Load the page again.");
  }
  const objection = "search" in parsed.data ? refuseSearch(room, parsed.data.search) : undefined;
  if (objection) throw refusal(`Nothing was saved: ${objection}`);
  const written = await write(parsed.data, room, signedIn);
  return { views: await listEntries(room, signedIn), writtenId: written.id };
}

async function write(asked: z.infer<typeof intents>, room: ViewRoom, { staff }: SignedIn) {
  const db = consoleDatabase();
  const actor = { staffId: staff.id, requestId: currentRequest()?.requestId ?? null, room };
  const toSearch = (search: string) => toViewSearch(room, new URLSearchParams(search));
  try {
    if (asked.intent === "save") {
      return await saveView(db, {
        ...actor,
        name: asked.name,
        isShared: asked.isShared,
        search: toSearch(asked.search),
      });
    }
    if (asked.intent === "delete") return await deleteView(db, { ...actor, id: asked.id });
    const change =
      asked.intent === "replace" ? { search: toSearch(asked.search) } : { name: asked.name, isShared: asked.isShared };
    return await changeView(db, { ...actor, id: asked.id, ...change });
  } catch (error) {
    if (error instanceof ViewError) throw refusal(error.message);
    throw error;
  }
}

function refusal(message: string) {
  return data({ title: "Nothing was changed", message }, { status: 422 });
}
