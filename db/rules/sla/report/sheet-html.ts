import type { Sheet, SheetTable } from "./sheet";

const style = `
@page { size: A4; margin: 16mm 14mm; }
:root { color-scheme: light; }
body { margin: 0; font: 9.5pt/1.45 Inter, sans-serif; color: #15181d; background: #fff; font-variant-numeric: tabular-nums; }
h1 { font-size: 17pt; line-height: 1.2; margin: 0 0 3mm; }
h2 { font-size: 11pt; margin: 7mm 0 1.5mm; break-after: avoid; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.6mm 5mm; margin: 0; }
dt { color: #555d69; }
dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: 1.1mm 2.5mm 1.1mm 0; border-bottom: 0.2mm solid #d5d9df; }
th { color: #555d69; font-weight: 500; border-bottom-color: #8a929e; }
.number { text-align: right; white-space: nowrap; }
.notice { border: 0.4mm solid #b4540a; padding: 2mm 3mm; margin: 0 0 4mm; font-weight: 600; }
.notes { color: #555d69; font-size: 8.5pt; margin-top: 8mm; }
.notes p { margin: 0 0 1mm; }
`;

/** Asks for nothing from anywhere. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:";

/** Where the second font has letters that the first lacks. */
const ranges = ["U+0-FF, U+131, U+152-153, U+2000-206F, U+20AC, U+2212", "U+100-24F, U+1E00-1EFF"];

/** The whole sheet as a page that stands by itself, in light. `fonts` are WOFF2 in base64; without them the system's is taken. */
export function sheetHtml({ title, notice, lines, tables, notes }: Sheet, fonts: readonly string[] = []): string {
  const faces = fonts.map(
    (font, index) =>
      `@font-face { font-family: Inter; font-weight: 100 900; unicode-range: ${ranges[index]}; src: url(data:font/woff2;base64,${font}) format("woff2"); }`,
  );
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${escapeText(policy)}">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escapeText(title)}</title><style>${faces.join("\n")}${style}</style></head><body><main>`,
    `<h1>${escapeText(title)}</h1>`,
    notice ? `<p class="notice">${escapeText(notice)}</p>` : "",
    `<dl>${lines.map(({ label, value }) => `<dt>${escapeText(label)}</dt><dd>${escapeText(value)}</dd>`).join("")}</dl>`,
    ...tables.map(tableHtml),
    `<section class="notes"><h2>What the numbers mean</h2>`,
    ...notes.map((note) => `<p>${escapeText(note)}</p>`),
    "</section></main></body></html>\n",
  ].join("\n");
}

function tableHtml({ title, columns, rows, empty }: SheetTable): string {
  const head = `<section><h2>${escapeText(title)}</h2>`;
  if (rows.length === 0) return `${head}<p>${escapeText(empty)}</p></section>`;
  const cell = (tag: "th" | "td", text: string, index: number) => {
    const kind = columns[index]?.isNumber ? ' class="number"' : "";
    return `<${tag}${tag === "th" ? ' scope="col"' : ""}${kind}>${escapeText(text)}</${tag}>`;
  };
  const headers = columns.map(({ label }, index) => cell("th", label, index)).join("");
  const body = rows.map((row) => `<tr>${row.map((text, index) => cell("td", text, index)).join("")}</tr>`).join("\n");
  return `${head}<table><thead><tr>${headers}</tr></thead><tbody>\n${body}\n</tbody></table></section>`;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] as string);
}
