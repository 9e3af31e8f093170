import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { toIso, type Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { EventHead } from '../../records/records.ts'
import type { HistoryChange } from '../../rules/history.ts'
import { usageOf, type ObjectUsage } from '../../rules/usage.ts'
import { numberAt, readLog, timeOf, type LogRange } from '../seats/read-history.ts'
import { packText, unpackText, type Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { queryAll } from '../table/read.ts'
import { SERIAL_DIGITS, sortableSerial } from '../table/sortable.ts'
import { keys, usagePartition } from '../table/table.ts'
import { writeItem } from '../table/write-item.ts'

// What events used is counted out of their history, which lies in order of time: a month is one range of each of its partitions.
// Before the history of a deleted event is removed, what it used is kept, month by month. Months are those of UTC.

/** What an event used in a month, `2031-05`. */
export interface MonthUsage {
  readonly month: string
  readonly objects: readonly ObjectUsage[]
}

/** Moments between which to look; without one, from the beginning or to the end. */
export interface UsageRange {
  readonly from?: Instant
  readonly until?: Instant
}

/** Counts what an event used, month by month, the oldest first. */
export async function* readUsage(
  port: Port,
  event: EventHead,
  { from, until }: UsageRange = {},
): AsyncGenerator<MonthUsage> {
  let [month, changes]: [string | undefined, HistoryChange[]] = [undefined, []]
  const range: LogRange = {
    direction: 'oldest-first',
    ...defined({ from: from && numberAt(from) }),
  }
  for await (const lines of readLog(port, event, range)) {
    const [first] = lines
    if (first === undefined) continue
    const time = timeOf(first)
    if (until !== undefined && time >= until) break
    const current = monthOf(time)
    if (month !== undefined && month !== current) {
      yield { month, objects: usageOf(changes) }
      changes = []
    }
    month = current
    changes.push(...lines.map(({ change }) => change))
  }
  if (month !== undefined) yield { month, objects: usageOf(changes) }
}

function monthOf(time: Instant): string {
  return toIso(time).slice(0, '2031-05'.length)
}

/** What a deleted event used in a month. */
export interface KeptUsage {
  readonly month: string
  readonly serial: number
  readonly eventKey: string
  readonly chart: { readonly key: string; readonly name: string }
  readonly used: number
}

/**
 * Keeps what an event used, before its history goes; may be repeated, as long as all of that is there: what is kept stays. Answers
 * false where there was no time for all months: then it must be called again.
 */
export async function keepUsage(
  port: Port,
  { event, chartName }: { event: EventHead; chartName: string },
  hasTime: () => boolean,
): Promise<boolean> {
  const { workspaceId, serial, eventKey, chartKey } = event
  for await (const { month, objects } of readUsage(port, event)) {
    if (!hasTime()) return false
    if (objects.length === 0) continue
    const used = objects.reduce((all, object) => all + object.used, 0)
    for (const [part, data] of packText(JSON.stringify(objects)).entries()) {
      const told = part === 0 ? { key: eventKey, chart: chartKey, name: chartName, n: used } : {}
      const put = new PutCommand({
        TableName: port.tableName,
        Item: { ...keys.usage(workspaceId, `${usagePrefix(month, serial)}${part}`), ...told, data },
        ConditionExpression: 'attribute_not_exists(pk)',
      })
      await writeItem(port, put, 'unknown')
    }
  }
  return true
}

/** What deleted events of a workspace used, in one month or in all. */
export async function readKeptUsage(
  port: Port,
  { workspaceId, month }: { workspaceId: string; month?: string | undefined },
): Promise<KeptUsage[]> {
  const ofMonth = month === undefined ? {} : { ':prefix': usagePrefix(month) }
  const items = await queryAll(port, {
    KeyConditionExpression:
      month === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': usagePartition(workspaceId), ...ofMonth },
    ProjectionExpression: 'sk, #key, chart, #name, n',
    ExpressionAttributeNames: { '#key': 'key', '#name': 'name' },
  })
  return items.flatMap((item) => (item['n'] === undefined ? [] : [readKeptItem(item)]))
}

function readKeptItem(item: Item): KeptUsage {
  const [month = '', serial = ''] = (item['sk'] as string).split('#')
  return {
    month,
    serial: Number(serial.slice(-SERIAL_DIGITS)),
    eventKey: item['key'] as string,
    chart: { key: item['chart'] as string, name: item['name'] as string },
    used: item['n'] as number,
  }
}

/** What a deleted event used in a month, object by object; undefined where nothing of that is kept. */
export async function readKeptObjects(
  port: Port,
  { workspaceId, month, serial }: { workspaceId: string; month: string; serial: number },
): Promise<ObjectUsage[] | undefined> {
  const items = await queryAll(port, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: {
      ':pk': usagePartition(workspaceId),
      ':prefix': usagePrefix(month, serial),
    },
  })
  if (items.length === 0) return undefined
  return JSON.parse(unpackText(items.map((item) => item['data'] as Uint8Array))) as ObjectUsage[]
}

/** What the keys of usage begin with: of a month, or of one event in it. */
function usagePrefix(month: string, serial?: number): string {
  return serial === undefined ? `${month}#` : `${month}#${sortableSerial(serial)}#`
}
