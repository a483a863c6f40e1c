import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readSla } from "~/sla/read-sla.server";
import { SlaPage } from "~/sla/sla-page";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "sla.read");
  return readSla(new URL(request.url).searchParams);
}

export const meta: MetaFunction = () => [{ title: "SLA · SecuryFlex ops" }];

export default function SlaNumbersRoute() {
  return <SlaPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
