import type { Context } from '../../../lib/actions/context.ts'
import { changeChannels, type ChannelChange } from '../../../lib/actions/events/change-channels.ts'
import {
  editSales,
  replaceSaleRules,
  sellEverything,
} from '../../../lib/actions/events/change-sale-rules.ts'
import { editEvent } from '../../../lib/actions/events/edit-event.ts'
import type { Outcome } from '../../../lib/refusals.ts'
import { importChart } from '../../../lib/actions/charts/import-chart.ts'
import { getEvent } from '../../../lib/store/events/events.ts'
import { hallDrawing } from './venue.ts'
import type { Asked, AskedChannel, TermsEdit } from './requests.ts'

/** Items that one transaction of DynamoDB has room for. */
const TRANSACTION_ITEMS_MAX = 100

/**
 * Changes of terms are written in one transaction and in no other way, so the low limit that makes large commits common in the
 * simulation would refuse every change of several events: they have the room that there is.
 */
export function roomyFor({ store, ...others }: Context): Context {
  return { ...others, store: { ...store, transactionItemsMax: TRANSACTION_ITEMS_MAX } }
}

/** Changes terms as the endpoints do. */
export function changeTermsAs(cramped: Context, { parts, edit }: Asked): Promise<Outcome<unknown>> {
  const context = roomyFor(cramped)
  const [eventKey = ''] = parts.map((part) => part.eventKey)
  if (edit === undefined) throw new Error('A change of terms says what of')
  if (edit.to === 'sell-all') return sellEverything(context, eventKey)
  if (edit.to === 'sell') {
    return replaceSaleRules(context, eventKey, { areaPlaces: {}, ...edit.rules })
  }
  if (edit.to === 'tables') return editEvent(context, { eventKey, tables: edit.tables })
  if (edit.to === 'publish') return publish(context, eventKey, edit.capacities)
  if (edit.to !== 'edit-sale') return changeChannels(context, eventKey, toChannelChange(edit))
  const toItems = (labels: readonly string[]) => labels.map((label) => ({ label }))
  const sale = { forSale: toItems(edit.forSale), notForSale: toItems(edit.notForSale) }
  return editSales(context, new Map(parts.map((part) => [part.eventKey, sale])))
}

async function publish(
  context: Context,
  eventKey: string,
  capacities: Readonly<Record<string, number>>,
): Promise<Outcome<unknown>> {
  const event = await getEvent(context.store, context.caller.workspaceId, eventKey)
  const chartKey = event?.chartKey ?? ''
  return importChart(context, { chartKey, drawing: JSON.stringify(hallDrawing(capacities)) })
}

function toChannelChange(
  edit: Extract<TermsEdit, { channels: unknown } | { channelKey: string }>,
): ChannelChange {
  switch (edit.to) {
    case 'add':
    case 'replace':
      return { verb: edit.to, channels: edit.channels.map(toChannel) }
    case 'edit':
      return { verb: 'edit', channelKey: edit.channelKey, edit: edit.change }
    case 'remove':
      return { verb: 'remove', channelKey: edit.channelKey }
    case 'put':
    case 'take': {
      const { to: verb, channelKey, objects } = edit
      return { verb, channelKey, contents: { objects, areaPlaces: {} } }
    }
  }
}

function toChannel(channel: AskedChannel) {
  return { areaPlaces: {}, ...channel }
}
