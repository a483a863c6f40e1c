import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData, useParams } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { requireChange } from "~/operations/change-run.server";
import { answerRequest, planRequest, readGiven } from "~/operations/request.server";
import { RequestPage } from "~/operations/request-page";

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requirePermission(request, "shifts.reassign");
  const operation = requireChange(params.operationId);
  const { fields, isAsked } = readGiven(request, operation, { shift: params.shiftId });
  return planRequest(operation, fields, isAsked);
}

export async function action({ request, params }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "shifts.reassign");
  const { id } = requireChange(params.operationId);
  return answerRequest(request, id, signedIn, (runId) => `/shifts/${params.shiftId}?run=${runId}`);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.operation.title ?? "Shift"} · SecuryFlex ops` },
];

export default function ChangeRoute() {
  const { shiftId } = useParams();
  return (
    <RequestPage
      read={useLoaderData<typeof loader>()}
      refusal={useActionData<typeof action>()?.message}
      back={{ to: `/shifts/${shiftId}`, label: `Shift ${shiftId}` }}
    />
  );
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
