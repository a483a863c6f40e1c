import type { LoaderFunctionArgs } from "@remix-run/node";
import type { ClientLoaderFunctionArgs } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readIndexAdvice } from "~/database/statement-plan.server";
import { answerOrFailure } from "~/live/answer-or-failure";

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requirePermission(request, "database.read");
  return readIndexAdvice(params.queryId);
}

export function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return answerOrFailure(() => serverLoader<typeof loader>());
}
