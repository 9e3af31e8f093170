import type { Bus } from '../../bus/bus.ts'
import { AlreadyRecorded, assert, Fault } from '../../faults.ts'
import type { Ids } from '../../ids.ts'
import type { WebhookEndpoint } from '../../records/webhook.ts'
import type { Context } from '../context.ts'
import { getWebhook } from '../../store/webhooks/webhook-endpoints.ts'

// A webhook endpoint is a record in the table and a rule on the bus, and no transaction spans the two:
//
// 1. The rule is changed first, then the record is written, guarded by the version that was read.
// 2. Whoever loses the record to somebody else makes the rule what the record says now.
// 3. Where neither happened (a crash, an outage), `reconcile-webhooks` finds the difference.
//
// Until then nothing wrong is sent: whoever delivers looks at the record.

/** Hexadecimal characters of an endpoint's id: it must be unique among all workspaces, since its rule is named by it. */
const ID_LENGTH = 16

const ID_FORM = new RegExp(`^wh_[0-9a-f]{${ID_LENGTH}}$`)

/** A new id for an endpoint. */
export function newEndpointId({ hex }: Pick<Ids, 'hex'>): string {
  return `wh_${hex(ID_LENGTH)}`
}

/** Whether it can be the id of an endpoint: rules with other names are not ours, however they begin. */
export function isEndpointId(text: string): boolean {
  return ID_FORM.test(text)
}

/** How many notices one request takes, where it is several: one alone goes as it is. */
export function several(batch: number | undefined): number | undefined {
  return batch === 1 ? undefined : batch
}

/** The bus, for an action whose endpoint opens it. */
export function busOf({ openBus }: Pick<Context, 'openBus'>): Bus {
  assert(openBus !== undefined, 'the endpoint of an action that speaks to the bus opens it')
  return openBus()
}

/** Writes a record whose rule has been changed already; where it is not written, the rule is made what the record says. */
export async function writeAfterRule<T>(
  context: Context,
  endpointId: string,
  write: () => Promise<T | undefined>,
): Promise<T | undefined> {
  try {
    const written = await write()
    if (written !== undefined) return written
  } catch (error) {
    const isSlow = error instanceof Fault && error.retryAfterSeconds !== undefined
    if (isSlow || error instanceof AlreadyRecorded) await mendRule(context, endpointId)
    throw error
  }
  await mendRule(context, endpointId)
  return undefined
}

async function mendRule(context: Context, endpointId: string): Promise<void> {
  const record = await getWebhook(context.store, context.caller.workspaceId, endpointId)
  await applyRecord(busOf(context), endpointId, record)
}

/** Makes an endpoint's rule what its record says; without a live record there is to be none. */
export async function applyRecord(
  bus: Pick<Bus, 'putRule' | 'removeRule'>,
  endpointId: string,
  record: WebhookEndpoint | undefined,
): Promise<'done' | 'too-many'> {
  if (record !== undefined && record.deletedAt === undefined) return bus.putRule(record)
  await bus.removeRule(endpointId)
  return 'done'
}
