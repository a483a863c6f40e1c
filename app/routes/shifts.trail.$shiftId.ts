import type { LoaderFunctionArgs } from "@remix-run/node";
import type { ClientLoaderFunctionArgs } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { answerOrFailure } from "~/live/answer-or-failure";
import { readTrail } from "~/shifts/read-trail.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "shifts.read");
  return readTrail(params.shiftId, signedIn);
}

export function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return answerOrFailure(() => serverLoader<typeof loader>());
}
