/** What a sale needs at once, for so many buyers who want two seats each. */
export interface WarmRow {
  readonly buyers: number
  readonly holdsPerSecond: number
  readonly writeUnits: number
  readonly readUnits: number
}

/** Seconds within which all buyers of an on-sale have asked for seats. */
export const RUSH_SECONDS = 60

/** More units than holds take, since partitions are not hit evenly: for nine events in ten. */
export const UNEVEN = 1.4

/** How often each buyer asks in that time, refusals counted. */
export const ASKED = 3

/** Units of a hold of two seats with an idempotency key. */
export const HOLD_UNITS = { writes: 10, reads: 6 }

/** What every new table takes at once. */
const NEW_TABLE = { writeUnits: 4_000, readUnits: 12_000 }

const THOUSAND = 1_000

/** The warm throughput to order for so many buyers, in whole thousands; never less than a new table has. */
export function warmFor(buyers: number): WarmRow {
  const holdsPerSecond = buyers / RUSH_SECONDS
  const thousands = (units: number) => Math.ceil(units / THOUSAND) * THOUSAND
  const writes = thousands(holdsPerSecond * HOLD_UNITS.writes * UNEVEN)
  const reads = thousands(holdsPerSecond * HOLD_UNITS.reads * ASKED)
  return {
    ...{ buyers, holdsPerSecond: Math.round(holdsPerSecond) },
    writeUnits: Math.max(NEW_TABLE.writeUnits, writes),
    readUnits: Math.max(NEW_TABLE.readUnits, reads),
  }
}
