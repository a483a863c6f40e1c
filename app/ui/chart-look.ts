/** How axes, grid and tooltip of every chart look. */
export const tick = { fill: "var(--muted)", fontSize: 11 };
export const axisStroke = "var(--line-strong)";
export const tooltipLook = {
  isAnimationActive: false,
  contentStyle: {
    background: "var(--raised)",
    border: "1px solid var(--line-strong)",
    borderRadius: 6,
    padding: "3px 8px",
    fontSize: 12,
  },
  labelStyle: { color: "var(--muted)" },
  itemStyle: { color: "var(--ink)", padding: 0 },
} as const;
