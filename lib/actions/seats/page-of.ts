import type { LogLine } from '../../store/seats/read-history.ts'
import type { LogPage, LogRequest } from './log-page.ts'

/** Sorts all lines by label or status, those alike newest first, and takes a page of them. */
export function pageOf(
  lines: readonly LogLine[],
  { order, statusName = String, isDescending, limit, after, before }: LogRequest,
): Pick<LogPage, 'lines' | 'hasMore' | 'hasPrevious'> {
  const keyOf = ({ change }: LogLine) => (order === 'label' ? change.label : statusName(change.to))
  const sign = isDescending ? -1 : 1
  const sorted = lines.toSorted((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)]
    return x === y ? b.number - a.number : sign * (x < y ? -1 : 1)
  })
  const placeOf = (wanted: number) => sorted.findIndex(({ number }) => number === wanted)
  const end = before === undefined ? -1 : placeOf(before)
  const first = before === undefined ? (after === undefined ? 0 : placeOf(after) + 1) : end - limit
  const start = Math.max(0, first)
  const page = sorted.slice(start, before === undefined ? start + limit : Math.max(0, end))
  return {
    lines: page,
    hasMore: start + page.length < sorted.length,
    hasPrevious: start > 0,
  }
}
