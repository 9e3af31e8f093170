import type { LogLine } from '../../store/seats/read-history.ts'
import type { LogPage } from './log-page.ts'

// A page of the log by date: one order is the other backwards, within a millisecond too, so numbers rise or fall throughout.

type Direction = 'newest-first' | 'oldest-first'

/** Yields the lines of one millisecond at a time, in that order, from the millisecond of a line's number on, that one included. */
type Lines = (direction: Direction, from?: number) => AsyncIterable<readonly LogLine[]>

interface DateRequest {
  readonly isDescending: boolean
  readonly limit: number
  readonly after?: number
  readonly before?: number
  readonly isWanted: (line: LogLine) => boolean
}

type Page = Pick<LogPage, 'lines' | 'hasMore' | 'hasPrevious'>

/** Reads a page forwards from a number, or backwards from it, and looks whether there is something on the other side. */
export async function pageByDate(lines: Lines, request: DateRequest): Promise<Page> {
  const { after, before, limit } = request
  const walk = (way: 'on' | 'back', from?: number) => walkFrom(lines, request, { way, from })
  if (before !== undefined) {
    const found = await take(walk('back', before), limit)
    const page = found.lines.toReversed()
    const last = page.at(-1)?.number ?? before
    return {
      lines: page,
      hasPrevious: found.hasMore,
      hasMore: (await take(walk('on', last), 1)).lines.length > 0,
    }
  }
  const { lines: page, hasMore } = await take(walk('on', after), limit)
  const first = page[0]?.number ?? after
  const isFirstPage = after === undefined || first === undefined
  const hasPrevious = !isFirstPage && (await take(walk('back', first), 1)).lines.length > 0
  return { lines: page, hasMore, hasPrevious }
}

/** The wanted lines beyond a number, in the order asked for or against it. */
async function* walkFrom(
  lines: Lines,
  { isDescending, isWanted }: DateRequest,
  { way, from }: { way: 'on' | 'back'; from: number | undefined },
): AsyncGenerator<LogLine> {
  const direction = isDescending === (way === 'on') ? 'newest-first' : 'oldest-first'
  const isBeyond = ({ number }: LogLine) =>
    from === undefined || (direction === 'newest-first' ? number < from : number > from)
  for await (const group of lines(direction, from)) {
    for (const line of group) if (isBeyond(line) && isWanted(line)) yield line
  }
}

async function take(
  lines: AsyncIterable<LogLine>,
  limit: number,
): Promise<{ lines: LogLine[]; hasMore: boolean }> {
  const taken: LogLine[] = []
  for await (const line of lines) {
    if (taken.length >= limit) return { lines: taken, hasMore: true }
    taken.push(line)
  }
  return { lines: taken, hasMore: false }
}
