import { labels, type Line, type Show, type World } from '../model/state.ts'
import type { Product } from './product.ts'

// What was written down and told, at the end of a history: the log of each event and season, and the notices.

interface Item {
  readonly objectLabel: string
  readonly status: string
  readonly orderId?: string
  readonly holdToken?: string
  readonly origin: { readonly type: string }
}

/** Differences between the log as it is told and the changes that were made, object by object. */
export async function compareLog(product: Product, show: Show): Promise<string[]> {
  const request = `GET /events/${show.key}/status-changes?sort=date:asc&limit=1000`
  const { status, body } = await product.call(request)
  if (status !== 200) return [`the log of ${show.key} answers ${status}`]
  const { items } = body as { items: Item[] }
  return labels.flatMap((label) => {
    const told = items.filter(({ objectLabel }) => objectLabel === label).map(wordsOfItem)
    const wanted = show.lines.filter((line) => line.label === label).map(wordsOfLine)
    return firstDifference(`the log of ${label} in ${show.key}`, told, wanted)
  })
}

function wordsOfItem({ status, orderId, holdToken, origin }: Item): string {
  return words({ status, order: orderId, token: holdToken, origin: origin.type })
}

function wordsOfLine(line: Line): string {
  return words(line)
}

/** Whether a hold that ended is told with its token, nothing says. */
function words({
  status,
  order,
  token,
  origin,
}: Omit<Line, 'label' | 'origin'> & { origin: string }): string {
  const isExpiry = origin === 'HOLD_EXPIRED'
  return [status, order ?? '', isExpiry ? '' : (token ?? ''), origin].join(' ')
}

/** Differences between notices and changes: each is told once, under the next version of its object. */
export function compareNotices({ notices }: Product, world: World): string[] {
  const byObject = new Map<string, Product['notices'][number][]>()
  const seen = new Set<string>()
  const faults: string[] = []
  for (const notice of notices) {
    if (seen.has(notice.id)) faults.push(`notice ${notice.id} was told twice`)
    seen.add(notice.id)
    const name = notice.id.slice(0, notice.id.lastIndexOf(':'))
    byObject.set(name, [...(byObject.get(name) ?? []), notice])
  }
  for (const [name, told] of byObject) {
    const versions = told.map(({ version }) => version)
    const isWhole = versions.every((version, at) => version === at + 1)
    if (!isWhole) faults.push(`notices of ${name} have the versions ${versions.join()}`)
  }
  const living = [...world.shows.values()].flatMap((show) => compareTold(show, byObject))
  return [...faults, ...living]
}

function compareTold(
  show: Show,
  byObject: ReadonlyMap<string, readonly Product['notices'][number][]>,
): string[] {
  return labels.flatMap((label) => {
    const own = [...byObject.values()].filter(([first]) => {
      return first?.objectLabel === label && show.keys.has(first.event.eventKey)
    })
    const told = own.flat().filter(({ type }) => type !== 'seat.updated')
    const wanted = show.told.filter((change) => change.label === label)
    return firstDifference(
      `the notices of ${label} in ${show.key}`,
      told.map(({ status }) => nativeWord(status)),
      wanted.map(({ status }) => nativeWord(status)),
    )
  })
}

function nativeWord(status: string): string {
  return status === 'reservedByToken' ? 'held' : status
}

function firstDifference(
  name: string,
  told: readonly string[],
  wanted: readonly string[],
): string[] {
  if (told.join('\n') === wanted.join('\n')) return []
  const at = wanted.findIndex((line, index) => line !== told[index])
  const place = at < 0 ? wanted.length : at
  const shown = `${told[place] ?? 'nothing'}, not ${wanted[place] ?? 'nothing'}`
  return [`${name}: number ${place + 1} of ${wanted.length} is ${shown}`]
}
