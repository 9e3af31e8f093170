import { keys, keyText, type Key } from '../../../../lib/store/table/table.ts'

// Knows how records refer to each other, and nothing of how they are written: whatever is counted, listed or found by another
// name must be what the heads of events and charts say.

interface Item {
  readonly pk: string
  readonly sk: string
  readonly [name: string]: unknown
}

/** What is wrong with the records of a table at rest. */
export function judgeRecords(found: readonly Record<string, unknown>[]): string[] {
  const items = found as unknown as readonly Item[]
  const within = (prefix: string, sortPrefix: string) =>
    items.filter(({ pk, sk }) => pk.startsWith(prefix) && sk.startsWith(sortPrefix))
  const heads = within('E#', 'E').filter(({ lk }) => lk === undefined)
  const charts = within('C#', 'C')
  const live = within('N#', 'N').filter(({ ttl }) => ttl === undefined)
  const onChart = (chart: Item) => heads.filter(({ cid }) => cid === chart['id']).length
  const inUse = charts.filter(({ arc }) => arc !== true)
  const archived = charts.filter(({ arc }) => arc === true)
  return [
    ...within('O#', 'O')
      .filter(({ fin }) => fin === undefined)
      .map(({ pk }) => `the operation ${pk} has not been ended`),
    ...items
      .filter(({ lk }) => lk !== undefined)
      .map(({ pk, sk }) => `${pk} ${sk} is locked still`),
    ...texts(within('X#', ''), heads),
    ...charts
      .filter((chart) => chart['events'] !== onChart(chart))
      .map((it) => `${it.pk} counts ${String(it['events'])} events and has ${onChart(it)}`),
    ...heads
      .filter(({ cid }) => charts.every(({ id }) => id !== cid))
      .map(({ pk, chart }) => `${pk} is on ${String(chart)}, which has gone`),
    ...compare('events by id', {
      referring: live,
      records: heads,
      keyOf: ({ id }) => keys.eventById(String(id)),
    }),
    ...compare('listed events', {
      referring: within('W#', 'E#'),
      records: heads,
      keyOf: ({ ws, n }) => keys.eventListing(String(ws), Number(n)),
    }),
    ...compare('events of charts', {
      referring: within('C#', 'V#'),
      records: heads,
      keyOf: ({ ws, n, chart }) => keys.chartEvent(String(ws), String(chart), Number(n)),
    }),
    ...compare('listed charts', {
      referring: within('W#', 'C#'),
      records: inUse,
      keyOf: ({ ws, n }) => keys.chartListing(String(ws), Number(n)),
    }),
    ...compare('archived charts', {
      referring: within('W#', 'Z#'),
      records: archived,
      keyOf: ({ ws, n }) => keys.archiveListing(String(ws), Number(n)),
    }),
    ...countsOf(within('W#', 'N'), { events: heads.length, charts: inUse.length }),
  ]
}

/** What events say beyond their heads: all that a head names must be there, and of no event that is there anything else. */
function texts(parts: readonly Item[], heads: readonly Item[]): string[] {
  const partsOf = (id: unknown) => parts.filter(({ pk }) => pk === `X#${String(id)}`)
  return heads.flatMap(({ pk, id, x, xp = 0 }) => {
    const named = partsOf(id).filter(({ sk }) => sk.startsWith(`${String(x)}#`))
    return named.length === xp ? [] : [`${pk} names ${String(xp)} texts and has ${named.length}`]
  })
}

interface Compared {
  readonly referring: readonly Item[]
  readonly records: readonly Item[]
  readonly keyOf: (record: Item) => Key
}

/** What refers to records must be there for each of them, by its key, and for nothing else; and say the same. */
function compare(what: string, { referring, records, keyOf }: Compared): string[] {
  const wanted = new Map(records.map((record) => [keyText(keyOf(record)), record]))
  const present = new Map(referring.map((item) => [keyText(item), item]))
  const names = new Set([...wanted.keys(), ...present.keys()])
  return [...names].flatMap((name) => {
    const [record, item] = [wanted.get(name), present.get(name)]
    if (record === undefined) return [`${what}: ${name} is there for nothing`]
    if (item === undefined) return [`${what}: ${name} is missing`]
    if (item['key'] !== record['key']) return [`${what}: ${name} names ${String(item['key'])}`]
    const isOld = item['v'] !== undefined && item['v'] !== record['v']
    return isOld ? [`${what}: ${name} is of another version`] : []
  })
}

function countsOf(counters: readonly Item[], actual: Record<string, number>): string[] {
  const [counter] = counters
  return Object.entries(actual)
    .filter(([name, count]) => (counter?.[name] ?? 0) !== count)
    .map(
      ([name, count]) => `${String(counter?.[name])} ${name} are counted, and ${count} are there`,
    )
}
