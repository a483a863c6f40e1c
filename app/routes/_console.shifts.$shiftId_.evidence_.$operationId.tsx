import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData, useParams } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { answerRequest, planRequest, readGiven } from "~/operations/request.server";
import { RequestPage } from "~/operations/request-page";
import { requireEvidenceOperation } from "~/shifts/evidence/read-links.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requirePermission(request, "shifts.share");
  const operation = requireEvidenceOperation(params.operationId);
  const { fields, isAsked } = readGiven(request, operation, { shift: params.shiftId });
  return planRequest(operation, fields, isAsked);
}

export async function action({ request, params }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "shifts.share");
  const { id } = requireEvidenceOperation(params.operationId);
  return answerRequest(request, id, signedIn, (runId) => `/shifts/${params.shiftId}/evidence?run=${runId}`);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.operation.title ?? "Evidence"} · SecuryFlex ops` },
];

export default function EvidenceOperationRoute() {
  const { shiftId } = useParams();
  return (
    <RequestPage
      read={useLoaderData<typeof loader>()}
      refusal={useActionData<typeof action>()?.message}
      back={{ to: `/shifts/${shiftId}/evidence`, label: `Evidence of shift ${shiftId}` }}
    />
  );
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
