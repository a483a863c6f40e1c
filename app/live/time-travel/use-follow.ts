import { useSearchParams } from "@remix-run/react";
import { useCallback } from "react";

import { useSearchChange } from "../use-search-change";

/** The shift whose guard the map keeps in view, by the address; null where nobody is followed. */
export function useFollow(): { followedId: number | null; follow: (shiftId: number | null) => void } {
  const [search] = useSearchParams();
  const changeSearch = useSearchChange();
  const asked = search.get("follow") ?? "";
  const follow = useCallback(
    (shiftId: number | null) => {
      changeSearch((next) => {
        if (shiftId === null) next.delete("follow");
        else next.set("follow", String(shiftId));
        return next;
      });
    },
    [changeSearch],
  );
  return { followedId: /^[1-9]\d{0,14}$/.test(asked) ? Number(asked) : null, follow };
}
