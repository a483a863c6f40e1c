import type { LoaderFunctionArgs } from "@remix-run/node";
import type { ClientLoaderFunctionArgs } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { answerOrRefusal } from "~/live/answer-or-failure";
import { readShiftsNear } from "~/live/near.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "live.read");
  return readShiftsNear(new URL(request.url).searchParams, signedIn);
}

export function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return answerOrRefusal(() => serverLoader<typeof loader>());
}
