/** A table: names of columns, then rows of cells. Columns of figures stand to the right. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return tableOf(columns, rows, '---:')
}

/** A table of words. */
export function wordTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return tableOf(columns, rows, '---')
}

function tableOf(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  rule: string,
): string {
  const rules = columns.map((_, index) => (index === 0 ? '---' : rule))
  return [columns, rules, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** A number for reading: thousands apart, decimals only where they say something. */
export function figure(value: number): string {
  const decimals = Number.isInteger(value) || value >= 100 ? 0 : value >= 10 ? 1 : 2
  return value.toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
}

/** How many times as much as in the case that all are compared with. */
export function ratio(value: number, base: number): string {
  return base === 0 ? '' : `× ${figure(value / base)}`
}
