import type { Info as ModelInfo } from '../model/effective.ts'
import { effective, infoOf, isSold } from '../model/effective.ts'
import { isSelectable, labels, ownOf, type Show, type World } from '../model/state.ts'
import type { Product } from './product.ts'

// Reads everything back, and says how it differs from the model.

type Info = Readonly<Record<string, unknown>>

/** Differences between an event or season as the product tells it and as the model has it. */
export async function compareShow(product: Product, world: World, show: Show): Promise<string[]> {
  const query = labels.map((label) => `label=${label}`).join('&')
  const { status, body } = await product.call(`GET /events/${show.key}/objects?${query}`)
  if (status !== 200) return [`the objects of ${show.key} answer ${status}`]
  const told = body as Record<string, Info>
  return labels.flatMap((label) => {
    const wanted = infoOf(world, show, label)
    return differences(`${label} of ${show.key}`, told[label], {
      wanted,
      isSold: isSold(world, show, label),
    })
  })
}

/** Differences of one object. */
export function differences(
  name: string,
  told: Info | undefined,
  { wanted, isSold }: { wanted: ModelInfo | undefined; isSold: boolean },
): string[] {
  if (told === undefined || wanted === undefined) {
    if (told === undefined && wanted === undefined) return []
    return [`${name} is ${told === undefined ? 'not told' : `told as ${String(told['status'])}`}`]
  }
  const is = plainOf(told)
  const { overridden, seasons, forSale, isAvailable, availabilityReason, channel, ...state } =
    wanted
  const unsaid = isAvailable === undefined
  const sale = unsaid ? { forSale, channel } : { forSale, channel, isAvailable, availabilityReason }
  // Of what is not sold any more, only what became of it matters.
  const fields: Record<string, unknown> = isSold ? { ...state, ...sale } : state
  const found = Object.entries(fields).flatMap(([field, value]) =>
    is[field] === value ? [] : [`${name}: ${field} is ${String(is[field])}, not ${String(value)}`],
  )
  const over = told['seasonStatusOverriddenQuantities'] as Record<string, number> | undefined
  const toldOf = seasons.filter((key) => (over?.[key] ?? 0) > 0)
  if (toldOf.sort().join() === [...overridden].sort().join()) return found
  return [...found, `${name}: ${toldOf.join()} are overridden, not ${overridden.join()}`]
}

function plainOf(told: Info): Record<string, unknown> {
  const extraData = told['extraData'] as { data?: string } | undefined
  return { ...told, extraData: extraData?.data }
}

/** Differences of what SeatBuilder's API lists as taken. */
export async function compareNative(product: Product, world: World, show: Show): Promise<string[]> {
  const { status, body } = await product.call(`GET /api/v1/events/${show.key}/status`)
  if (status !== 200) return [`the status of ${show.key} answers ${status}`]
  const { objects } = body as { objects: { objectLabel: string; status: string }[] }
  const told = new Map(objects.map((object) => [object.objectLabel, object.status]))
  return labels.flatMap((label) => {
    const wanted = nativeWord(world, show, label)
    const is = told.get(label)
    return wanted === 'either' || is === wanted
      ? []
      : [`${label} of ${show.key} is ${String(is)} on SeatBuilder's API, not ${String(wanted)}`]
  })
}

function nativeWord(world: World, show: Show, label: string): string | undefined {
  const own = ownOf(show, label)
  if (!isSold(world, show, label) && isSelectable(own)) return undefined
  const { status } = effective(world, show, label)
  if (status === 'reservedByToken') return 'held'
  if (!isSelectable({ status })) return 'booked'
  // Nobody may take what is in resale elsewhere; whether that is told as booked, nothing says.
  return own.status !== status && status === 'resale' ? 'either' : undefined
}
