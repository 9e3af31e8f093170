// Stands for `d3-color`, which d3-zoom brings along for colours that change by and by: the map has none, and it was a twentieth of all that a page loads.

/** No text is a colour to d3. */
export function color(): null {
  return null
}

export const [rgb, hsl, lab, hcl, cubehelix] = [color, color, color, color, color]
