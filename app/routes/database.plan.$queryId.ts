import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import type { ClientActionFunctionArgs, ClientLoaderFunctionArgs } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { measureStatementFor, readStatementPlan } from "~/database/statement-plan.server";
import { answerOrFailure } from "~/live/answer-or-failure";

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requirePermission(request, "database.read");
  return readStatementPlan(params.queryId);
}

export async function action({ request, params }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "database.measure");
  return measureStatementFor(request, params.queryId, signedIn);
}

export function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return answerOrFailure(() => serverLoader<typeof loader>());
}

export function clientAction({ serverAction }: ClientActionFunctionArgs) {
  return answerOrFailure(() => serverAction<typeof action>());
}
