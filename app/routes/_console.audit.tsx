import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readTrail } from "~/audit/read-trail.server";
import { TrailPage } from "~/audit/trail-page";
import { requirePermission } from "~/auth/require.server";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "audit.read");
  return readTrail(new URL(request.url).searchParams);
}

export const meta: MetaFunction = () => [{ title: "Audit · SecuryFlex ops" }];

export default function AuditRoute() {
  return <TrailPage trail={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
