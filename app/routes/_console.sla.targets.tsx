import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readSlaTargets } from "~/sla/targets/read-sla-targets.server";
import { SlaTargetsPage } from "~/sla/targets/sla-targets-page";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "sla.read");
  return readSlaTargets(signedIn, new URL(request.url).searchParams);
}

export const meta: MetaFunction = () => [{ title: "SLA targets · SecuryFlex ops" }];

export default function SlaTargetsRoute() {
  return <SlaTargetsPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
