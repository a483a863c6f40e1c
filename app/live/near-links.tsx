import { useSearchParams } from "@remix-run/react";

import { ButtonLink } from "~/ui/button";
import type { BoardShift } from "./board";
import { changeSearch } from "./board-filter";
import { nearGuard, nearPoint } from "./near";

/** Ways from one shift to those around it. Looking where the guard is goes on record. */
export function NearLinks({ shift: { guardId, location } }: { shift: BoardShift }) {
  const [search] = useSearchParams();
  const hrefNear = (near: string) => `?${changeSearch(search, { near })}`;
  return (
    <>
      <ButtonLink to={hrefNear(nearPoint(location))} preventScrollReset>
        Near this location
      </ButtonLink>
      {guardId !== null && (
        <ButtonLink to={hrefNear(nearGuard(guardId))} preventScrollReset>
          Near this guard
        </ButtonLink>
      )}
    </>
  );
}
