import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { LogLine } from '../../store/seats/read-history.ts'
import type { Context } from '../context.ts'
import type { LogPage, LogRequest } from './log-page.ts'
import { pageByDate } from './page-by-date.ts'
import { pageOf } from './page-of.ts'
import { readSeats } from '../../store/seats/read-seats.ts'
import * as stored from '../../store/seats/read-history.ts'

/** Changes that move no status. */
const SILENT = new Set(['extend', 'annotate'])

/**
 * Reads a page of what became of an event's objects. By date it reads little more than the page, unless a label or filter passes over
 * much; by label or status it reads the whole log. Refuses an unknown event.
 */
export async function readLog(context: Context, request: LogRequest): Promise<Outcome<LogPage>> {
  const { store, caller } = context
  const { eventKey, label, filter = '' } = request
  const parts = [{ eventKey, labels: [] }]
  const read = await readSeats(store, { workspaceId: caller.workspaceId, parts })
  const [found] = read.missing === undefined ? read.events : []
  if (found === undefined) return refuse({ code: 'event-not-found', eventKey })
  const { event, terms } = found
  const isWanted = ({ change, entry }: LogLine) =>
    !SILENT.has(entry.kind) &&
    change.isSilent !== true &&
    (label === undefined ? change.label.includes(filter) : change.label === label)
  const lines = (direction: 'newest-first' | 'oldest-first', from?: number) =>
    stored.readLog(store, event, from === undefined ? { direction } : { direction, from })
  const page =
    request.order === 'date'
      ? await pageByDate(lines, { ...request, isWanted })
      : pageOf(await allOf(lines('newest-first'), isWanted), request)
  return succeed({ event, terms, ...page })
}

async function allOf(
  groups: AsyncIterable<readonly LogLine[]>,
  isWanted: (line: LogLine) => boolean,
): Promise<LogLine[]> {
  const all: LogLine[] = []
  for await (const group of groups) for (const line of group) if (isWanted(line)) all.push(line)
  return all
}
