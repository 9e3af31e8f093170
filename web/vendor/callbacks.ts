import type { ChartRendererCallbacks, TicketTypeJson } from '@seatsio/seatsio-types'
import type { Selected } from '../element/public.ts'
import { costOf, objectOf, type Core } from './core.ts'
import { typeJson, typesOf } from './prices.ts'

/** Calls the page back, if it wants to be; what it throws is reported, and stops nothing here. */
export function call<Name extends keyof ChartRendererCallbacks>(
  core: Core,
  name: Name,
  ...given: Parameters<NonNullable<ChartRendererCallbacks[Name]>>
): void {
  const callback: unknown = core.config()[name]
  if (typeof callback !== 'function') return
  try {
    ;(callback as (...given: unknown[]) => void)(...given)
  } catch (fault) {
    core.view.console.error(`Holdfast: ${name} of this page has failed`, fault)
  }
}

/** The ticket type of a line as callbacks get it; none where the price has no types. */
export function ticketTypeOf(
  core: Core,
  { label, ticketType }: Pick<Selected, 'label' | 'ticketType'>,
): TicketTypeJson | undefined {
  const object = objectOf(core, label)
  const types = typesOf(object && costOf(core, object))
  const type = types.find((each) => each.ticketType === ticketType)
  return type && typeJson(core.prices().format, type)
}
