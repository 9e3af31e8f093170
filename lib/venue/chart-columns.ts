/**
 * Columns of equal length, written so that they compress: a fact that all rows share is written
 * once, and numbers that change little from row to row are written as their differences.
 */

/** One value for all rows, or one for each. */
export type Column = number | readonly number[]

/** Empty: no numbers at all. Scale 0: as they are. Other scales: first number and differences, times the scale. */
export type NumberColumn = readonly [] | readonly [scale: number, ...numbers: (number | null)[]]

/** Finds the same index for the same value, in the order of first sight. */
export interface Numbering<Value> {
  readonly values: Value[]
  /** The value's index, or -1 for none. */
  indexOf(value: Value | undefined): number
}

/** A numbering that starts with these values. */
export function numbering<Value>(start: readonly Value[] = []): Numbering<Value> {
  const values = [...start]
  const indexes = new Map(values.map((value, index) => [value, index]))
  return {
    values,
    indexOf(value) {
      if (value === undefined) return -1
      const known = indexes.get(value)
      if (known !== undefined) return known
      indexes.set(value, values.length)
      return values.push(value) - 1
    },
  }
}

/** Packs a column of indexes; at least one. */
export function packColumn(values: readonly number[]): Column {
  const first = values[0] ?? -1
  return values.every((value) => value === first) ? first : values
}

/** The value of a packed column in this row. */
export function columnAt(column: Column, row: number): number {
  if (typeof column === 'number') return column
  return column[row] ?? -1
}

/** Packs coordinates without losing a bit; absent ones are allowed. */
export function packNumbers(values: readonly (number | undefined)[]): NumberColumn {
  if (values.every((value) => value === undefined)) return []
  const scaled = scales.find((scale) => values.every((value) => isWholeAt(value, scale)))
  if (scaled === undefined) return [0, ...values.map((value) => value ?? null)]
  let previous = 0
  const differences = values.map((value) => {
    const whole = Math.round((value ?? 0) * scaled)
    const difference = whole - previous
    previous = whole
    return difference
  })
  return [scaled, ...differences]
}

/** The numbers of a packed column. */
export function unpackNumbers(column: NumberColumn, length: number): (number | undefined)[] {
  const [scale, ...numbers] = column
  if (scale === undefined) return Array.from({ length }, () => undefined)
  if (scale === 0) return numbers.map((value) => value ?? undefined)
  let whole = 0
  return numbers.map((difference) => {
    whole += difference ?? 0
    return whole / scale
  })
}

/** Drawings have two decimals or three; other numbers are kept digit by digit. */
const scales = [1, 10, 100, 1000]

function isWholeAt(value: number | undefined, scale: number): boolean {
  return value !== undefined && Math.round(value * scale) / scale === value
}
