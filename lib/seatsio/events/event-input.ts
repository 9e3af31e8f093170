import type * as z from 'zod'
import { defined } from '../../defined.ts'
import type { EventDetails, EventHead } from '../../records/records.ts'
import type { createEventRequest, createEventsRequest, updateEventRequest } from './event-shapes.ts'
import { toNewChannel, toSaleRules } from './terms-translate.ts'

type Sent = z.output<typeof createEventsRequest>['events'][number]

/** A new event in the words of the core; without a key of the caller's it gets the one that is given. */
export function toNewEvent(sent: Sent | z.output<typeof createEventRequest>, ownKey: string) {
  const { eventKey = ownKey, name, date, tableBookingConfig: tables } = sent
  const details: EventDetails = {
    ...namedTables(tables),
    ...(sent.objectCategories === undefined || Object.keys(sent.objectCategories).length === 0
      ? {}
      : { objectCategories: sent.objectCategories }),
    ...(sent.categories === undefined || sent.categories.length === 0
      ? {}
      : { categories: sent.categories }),
    ...(sent.forSaleConfig === undefined
      ? {}
      : { saleRules: toSaleRules(sent.forSaleConfig.forSale, sent.forSaleConfig) }),
  }
  const head = {
    eventKey,
    ...defined({ name, date }),
    ...modeOf(tables),
  }
  return { head, details, channels: (sent.channels ?? []).map(toNewChannel) }
}

/** What to change of an event, in the words of the core. */
export function toEventEdit(eventKey: string, sent: z.output<typeof updateEventRequest>) {
  const { name, date, isInThePast, tableBookingConfig: tables } = sent
  const { objectCategories, categories } = sent
  return {
    eventKey,
    ...defined({ newKey: sent.eventKey, chartKey: sent.chartKey, name, date, isInThePast }),
    ...(tables === undefined
      ? {}
      : { tables: { mode: tables.mode, ...renamed(namedTables(tables)) } }),
    ...defined({ objectCategories, isSalePropagated: sent.forSalePropagated }),
    ...(categories === undefined ? {} : { categories: categories ?? [] }),
  }
}

type Tables = Sent['tableBookingConfig']

function modeOf(tables: Tables): Pick<EventHead, 'tableBooking'> {
  if (tables === undefined || tables.mode === 'INHERIT') return {}
  return { tableBooking: tables.mode }
}

function namedTables(tables: Tables): Pick<EventDetails, 'tables'> {
  return tables?.mode === 'CUSTOM' ? { tables: tables.tables ?? {} } : {}
}

function renamed({ tables }: Pick<EventDetails, 'tables'>) {
  return defined({ named: tables })
}
