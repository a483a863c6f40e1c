import type { Map as MapLibreMap } from "maplibre-gl";

import { type MarkColour, markPaths } from "~/ui/state-marks";
import { type ShiftState, shiftStates } from "../../../db/rules/live/shift-states";
import type { MapColours } from "./basemap-style";

const markSize = 16;
const plateSize = 24;
const pixelRatio = 3;

export const markImage = (state: ShiftState) => `mark-${state}`;

/** Draws every mark of the legend for the map, each on a plate that keeps it apart from what lies below. */
export function addMarkImages(map: MapLibreMap, colours: MapColours): void {
  const colourOf = readColours(map.getContainer());
  for (const state of shiftStates) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = plateSize * pixelRatio;
    const context = canvas.getContext("2d");
    if (!context) continue;
    context.scale(pixelRatio, pixelRatio);
    drawPlate(context, state, colours);
    context.translate((plateSize - markSize) / 2, (plateSize - markSize) / 2);
    drawMark(context, state, colourOf);
    map.addImage(markImage(state), context.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio });
  }
}

function drawPlate(context: CanvasRenderingContext2D, state: ShiftState, { plate, border }: MapColours): void {
  const radius = state === "upcoming" ? 6 : 11;
  context.beginPath();
  context.arc(plateSize / 2, plateSize / 2, radius, 0, 2 * Math.PI);
  context.fillStyle = plate;
  context.fill();
  context.strokeStyle = border;
  context.lineWidth = 0.75;
  context.stroke();
}

function drawMark(context: CanvasRenderingContext2D, state: ShiftState, colourOf: (name: MarkColour) => string): void {
  for (const { d, fill, stroke, strokeWidth = 1, dash, isRound } of markPaths[state]) {
    const path = new Path2D(d);
    context.lineCap = isRound ? "round" : "butt";
    context.lineJoin = isRound ? "round" : "miter";
    context.setLineDash(dash ? [...dash] : []);
    context.lineWidth = strokeWidth;
    if (fill) {
      context.fillStyle = colourOf(fill);
      context.fill(path);
    }
    if (stroke) {
      context.strokeStyle = colourOf(stroke);
      context.stroke(path);
    }
  }
}

/** A canvas knows no variables: the theme's colours as the browser resolves them. */
function readColours(container: HTMLElement): (name: MarkColour) => string {
  const probe = container.appendChild(document.createElement("span"));
  const names: MarkColour[] = ["vermillion", "orange", "grey", "sky", "purple", "blue", "outline"];
  const resolved = new Map<MarkColour, string>([["white", "#fff"]]);
  for (const name of names) {
    probe.style.color = `var(--mark-${name})`;
    resolved.set(name, getComputedStyle(probe).color);
  }
  probe.remove();
  return (name) => resolved.get(name) as string;
}
