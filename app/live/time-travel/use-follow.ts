import { useNavigate, useSearchParams } from "@remix-run/react";
import { useCallback } from "react";

/** The shift whose guard the map keeps in view, by the address; null where nobody is followed. */
export function useFollow(): { followedId: number | null; follow: (shiftId: number | null) => void } {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const asked = search.get("follow") ?? "";
  const follow = useCallback(
    (shiftId: number | null) => {
      const next = new URLSearchParams(window.location.search);
      if (shiftId === null) next.delete("follow");
      else next.set("follow", String(shiftId));
      navigate(`${window.location.pathname}?${next}`, { replace: true, preventScrollReset: true });
    },
    [navigate],
  );
  return { followedId: /^[1-9]\d{0,14}$/.test(asked) ? Number(asked) : null, follow };
}
