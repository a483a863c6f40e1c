import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";

import { requirePermission } from "~/auth/require.server";
import { readViews, writeView } from "~/views/saved-views.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "live.read");
  return readViews("live", signedIn);
}

export async function action({ request }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "live.read");
  return writeView(request, "live", signedIn);
}
