import type { LoaderFunctionArgs } from "@remix-run/node";
import type { ClientLoaderFunctionArgs } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { answerOrFailure } from "~/live/answer-or-failure";
import { readFeed } from "~/live/feed/alarms.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "live.read");
  return readFeed(request, signedIn);
}

export function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return answerOrFailure(() => serverLoader<typeof loader>());
}
