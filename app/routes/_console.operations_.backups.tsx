import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { BackupsPage } from "~/operations/backups-page";
import { readBackups } from "~/operations/read-backups.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "operations.read");
  return readBackups(signedIn);
}

export const meta: MetaFunction = () => [{ title: "Backups · SecuryFlex ops" }];

export default function BackupsRoute() {
  return <BackupsPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
