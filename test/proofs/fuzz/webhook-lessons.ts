import type { Chance } from './chance.ts'
import type { Learner, Memory } from './memory.ts'

// What a lane learns of webhooks, and how it asks for what it has learned.

/** By what operations are called. */
export const webhookLearners: Readonly<Record<string, Learner>> = {
  createWebhook: ({ webhooks }, { said }) => {
    webhooks.set(String(said['id']), [])
  },
  deleteWebhook: ({ webhooks }, { params }) => {
    webhooks.delete(params['id'] ?? '')
  },
  testWebhook: ({ webhooks }, { params, said }) => {
    webhooks.get(params['id'] ?? '')?.push(String(said['deliveryId']))
  },
}

/** A webhook that is there, and one of its deliveries: mostly one that has any. */
export function pickWebhook({ webhooks }: Memory, chance: Chance): Record<string, string> {
  const all = [...webhooks]
  const tested = all.filter(([, deliveries]) => deliveries.length > 0)
  if (all.length === 0) return { id: 'wh_none', deliveryId: 'wd_none' }
  const [id, deliveries] = chance.pick(tested.length > 0 && chance.percent(70) ? tested : all)
  const deliveryId = deliveries.length === 0 ? 'wd_none' : chance.pick(deliveries)
  return { id, deliveryId }
}

const HOUR_MS = 3_600_000

/** A range of time that ends now or soon, as a body says it. */
export function pickRange(now: number, chance: Chance): { since: string; until: string } {
  const since = now - (1 + chance.below(48)) * HOUR_MS
  const until = now + chance.below(2) * HOUR_MS
  return { since: new Date(since).toISOString(), until: new Date(until).toISOString() }
}
