import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import type { ClientActionFunctionArgs, ClientLoaderFunctionArgs } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { answerOrRefusal } from "~/live/answer-or-failure";
import { readViews, writeView } from "~/views/saved-views.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "sla.read");
  return readViews("sla", signedIn);
}

export async function action({ request }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "sla.read");
  return writeView(request, "sla", signedIn);
}

export function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return answerOrRefusal(() => serverLoader<typeof loader>());
}

export function clientAction({ serverAction }: ClientActionFunctionArgs) {
  return answerOrRefusal(() => serverAction<typeof action>());
}
