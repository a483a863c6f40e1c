import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import type { ClientActionFunctionArgs, ClientLoaderFunctionArgs } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { answerOrRefusal } from "~/live/answer-or-failure";
import { readViews, writeView } from "~/views/saved-views.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "shifts.read");
  return readViews("shifts", signedIn);
}

export async function action({ request }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "shifts.read");
  return writeView(request, "shifts", signedIn);
}

export function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return answerOrRefusal(() => serverLoader<typeof loader>());
}

export function clientAction({ serverAction }: ClientActionFunctionArgs) {
  return answerOrRefusal(() => serverAction<typeof action>());
}
