import type { Instant } from '../../clock.ts'
import type { LoggedKind, LoggedLine } from '../../records/company-log.ts'
import { readSequence, type CursorPage, type CursorRequest } from '../table/cursors.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { SERIAL_DIGITS } from '../table/sortable.ts'
import { keys, LOG_LINE_PREFIX, logPartition } from '../table/table.ts'
import type { TransactItem } from '../table/transact.ts'
import { DAY_MS } from '../../limits/durations.ts'
import { LOG_DAYS } from '../../limits/limits.ts'

/** The writes that log what they are committed with; the number of a line must not be taken. */
export function logWrites(
  { tableName: TableName }: Port,
  lines: readonly LoggedLine[],
): TransactItem[] {
  return logItems(lines).map((Item) => ({
    Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
  }))
}

/** The same lines as items: each is written once, whoever writes it. */
export function logItems(lines: readonly LoggedLine[]): Item[] {
  return lines.map(({ companyId, serial, at, kind, workspaceKey, key }) => ({
    ...keys.logLine(companyId, serial),
    at,
    kind,
    ws: workspaceKey,
    key,
    ttl: Math.ceil((at + LOG_DAYS * DAY_MS) / 1000),
  }))
}

/** Reads part of a company's log, oldest first. */
export function readCompanyLog(
  port: Port,
  companyId: string,
  request: CursorRequest,
): Promise<CursorPage<LoggedLine>> {
  const endsAt = port.clock.now() - LOG_DAYS * DAY_MS
  const read = (entries: readonly Item[]) => {
    const lines = entries.map((item) => readLine(companyId, item))
    // TTL may take its time.
    return Promise.resolve(lines.map((line) => (line.at > endsAt ? line : undefined)))
  }
  const place = { partition: logPartition(companyId), prefix: LOG_LINE_PREFIX }
  return readSequence(port, { ...place, isOldestFirst: true, read }, request)
}

function readLine(companyId: string, item: Item): LoggedLine {
  return {
    companyId,
    serial: Number((item['sk'] as string).slice(-SERIAL_DIGITS)),
    at: item['at'] as Instant,
    kind: item['kind'] as LoggedKind,
    workspaceKey: item['ws'] as string,
    key: item['key'] as string,
  }
}
