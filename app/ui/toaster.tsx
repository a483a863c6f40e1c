import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";

import { onToast, takeToasts } from "./toast";

export default function Toaster() {
  useEffect(() => {
    const show = () => {
      for (const { kind, text } of takeToasts()) toast[kind](text);
    };
    show();
    return onToast(show);
  }, []);
  return (
    <Sonner
      position="bottom-right"
      gap={8}
      mobileOffset={{ bottom: 72 }}
      toastOptions={{
        style: {
          background: "var(--raised)",
          color: "var(--ink)",
          border: "1px solid var(--line-strong)",
          borderRadius: "8px",
          fontFamily: "var(--font-sans)",
          fontSize: "0.8125rem",
          boxShadow: "0 12px 40px -8px var(--overlay-shadow)",
        },
      }}
    />
  );
}
