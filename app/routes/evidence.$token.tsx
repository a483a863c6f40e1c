import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { allowEveryone } from "~/auth/require.server";
import { EvidencePage } from "~/shifts/evidence/evidence-page";
import { readEvidence } from "~/shifts/evidence/read-evidence.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  allowEveryone(request);
  return readEvidence(params.token);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Evidence of shift ${data.shift.id} · SecuryFlex` : "Evidence · SecuryFlex" },
];

export default function EvidenceRoute() {
  return <EvidencePage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
