import { ListRulesCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge'
import { isEndpointId } from '../../lib/actions/webhooks/webhook-rules.ts'
import type { RuleFound, RuleListed } from '../../lib/bus/rules.ts'
import type { Messaging } from '@holdfast/eventbridge/open-messaging'
import { apiOver, type Api, type ApiAnswer, type ApiOptions } from './api.ts'
import { openHoldfast, type Holdfast } from './holdfast.ts'
import type { MemoryMessaging } from './memory-messaging.ts'
import { settleDelivery } from './settle-delivery.ts'
import { listAllWebhooks } from '../../lib/store/webhooks/webhook-endpoints.ts'

export const RECEIVER = 'https://hooks.tickets.example/seats'

/** A Holdfast whose webhooks are tried out. */
export interface WebhookScene extends Holdfast {
  readonly api: Api
  /** Registers one; of all bookings unless the fields say otherwise. */
  readonly register: (fields?: object, options?: ApiOptions) => Promise<ApiAnswer>
  /** Registers one and answers its id. */
  readonly registered: (fields?: object) => Promise<string>
  /** Our rules on the bus, by the id of their endpoint. */
  readonly rules: () => Promise<Map<string, RuleFound>>
  /** Names of all rules on the bus, also of those that are not ours. */
  readonly ruleNames: () => Promise<string[]>
  /** Puts a rule on the bus that is not ours. */
  readonly putOwnRule: (name: string) => Promise<void>
  /** Whether the rules are what the records say. */
  readonly rulesMatch: () => Promise<boolean>
  /** Makes an attempt of a delivery: what the receiver answers; undefined for no answer, and then it is given up. */
  readonly settle: (
    endpointId: string,
    deliveryId: string,
    responseStatus?: number,
  ) => Promise<void>
  /** Has calls of one operation fail until it is mended. */
  readonly breakBus: (
    operation: string,
    fault?: ReturnType<NonNullable<Messaging['inject']>>,
  ) => void
  readonly mendBus: () => void
}

/** Opens one. */
export async function openWebhookScene(): Promise<WebhookScene> {
  const holdfast = await openHoldfast()
  const { messaging, runtime } = holdfast
  const api = apiOver(runtime)
  const register = (fields: object = {}, options?: ApiOptions) =>
    api('POST /api/v1/webhooks', { url: RECEIVER, events: ['seat.booked'], ...fields }, options)
  return {
    ...holdfast,
    api,
    register,
    registered: async (fields) => (await register(fields)).body['id'] as string,
    rules: async () => new Map((await rulesOn(messaging)).map((rule) => [rule.endpointId, rule])),
    ruleNames: async () => {
      const list = new ListRulesCommand({ EventBusName: messaging.names.bus })
      const { Rules = [] } = await messaging.events.send(list)
      return Rules.map(({ Name = '' }) => Name)
    },
    putOwnRule: async (Name) => {
      const EventPattern = JSON.stringify({ source: ['holdfast.seats'] })
      const put = { Name, EventBusName: messaging.names.bus, EventPattern }
      await messaging.events.send(new PutRuleCommand(put))
    },
    rulesMatch: async () => {
      const records = await listAllWebhooks(runtime.store)
      const wanted = records.map((record) => messaging.bus.ruleFor(record))
      const found = await rulesOn(messaging)
      const ours = found.filter(({ endpointId }) => isEndpointId(endpointId))
      return sameRules(ours, wanted)
    },
    settle: async (endpointId, deliveryId, responseStatus) => {
      const settled = { endpointId, deliveryId, responseStatus }
      if (await settleDelivery(holdfast.port, settled)) return
      throw new Error(`${deliveryId} cannot be attempted`)
    },
    breakBus: (broken, fault = 'internal-error') => {
      messaging.engine.inject = ({ operation }) => (operation === broken ? fault : undefined)
    },
    mendBus: () => {
      messaging.engine.inject = undefined
    },
  }
}

function rulesOn({ bus }: Pick<MemoryMessaging, 'bus'>): Promise<RuleFound[]> {
  const whole = async (rule: RuleListed) => {
    return { ...rule, target: await bus.targetOf(rule.endpointId) }
  }
  return bus.listRules().then((rules) => Promise.all(rules.map(whole)))
}

function sameRules(found: readonly RuleFound[], wanted: readonly RuleFound[]): boolean {
  const text = (rules: readonly RuleFound[]) => rules.map((rule) => JSON.stringify(rule)).sort()
  return JSON.stringify(text(found)) === JSON.stringify(text(wanted))
}
