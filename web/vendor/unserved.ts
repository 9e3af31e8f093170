import type { Config } from './config.ts'
import { entriesOf, onlyChannel } from './prices.ts'
import { configServed, type Served } from './served.ts'

/** Keys of ours, and of the wrappers, which the vendor has not. */
const own = ['apiUrl', 'publicKey', 'region', 'chartJsUrl', 'onRenderStarted']

/** What a page sets and is not served, or not known at all: by the names under which it looks for them. */
export function unserved(config: Config): string[] {
  const served: Readonly<Record<string, Served | undefined>> = configServed
  const whole = Object.entries(config).flatMap(([name, value]) => {
    if (value === undefined || own.includes(name)) return []
    const how = Object.hasOwn(served, name) ? served[name] : 'not served'
    return how === 'not served' ? [name] : []
  })
  return [...whole, ...inPart(config)]
}

/** The other part of what is served in part. */
function inPart(config: Config): string[] {
  const { events, event, mode } = config
  const entries = entriesOf(config)
  const hasFee = entries.some(
    ({ fee, ticketTypes = [] }) => fee !== undefined || ticketTypes.some((type) => type.fee),
  )
  const hasChannels = entries.some(({ channels }) => channels !== undefined)
  const told: Readonly<Record<string, boolean>> = {
    'events beyond the first': event === undefined && (events?.length ?? 0) > 1,
    'mode spotlight': mode === 'spotlight',
    'fee in pricing': hasFee,
    'listing in pricing': entries.some(({ listing }) => listing !== undefined),
    'channels in pricing': hasChannels && onlyChannel(config) === undefined,
  }
  return Object.keys(told).filter((name) => told[name])
}
