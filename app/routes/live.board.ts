import type { LoaderFunctionArgs } from "@remix-run/node";
import type { ClientLoaderFunctionArgs } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { answerOrFailure } from "~/live/answer-or-failure";
import { readBoard } from "~/live/board.server";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "live.read");
  return readBoard(request);
}

export function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return answerOrFailure(() => serverLoader<typeof loader>());
}
