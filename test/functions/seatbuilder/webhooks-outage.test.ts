import { describe, expect, test } from 'vitest'
import { reconcile } from '../../../functions/workers/reconcile-webhooks.ts'
import { openWebhookScene, type WebhookScene } from '../../support/webhook-scene.ts'

// The bus fails at each step of each change, or answers too late: what is left then is what the record says, or
// what reconciling makes so.

type Fault = Parameters<WebhookScene['breakBus']>[1]

const faults: [string, Fault][] = [
  ['is down', 'internal-error'],
  ['drops the request', 'lost-before'],
  ['drops the answer', 'lost-after'],
]

const putting = ['PutRule', 'PutTargets']
const removing = ['RemoveTargets', 'DeleteRule']
const each = (operations: string[]) =>
  operations.flatMap((operation) => faults.map(([how, fault]) => ({ operation, how, fault })))

const unavailable = {
  status: 503,
  body: {
    statusCode: 503,
    message:
      'The change may or may not have been made: repeat the request with the same Idempotency-Key to learn it',
  },
}

async function mended(scene: WebhookScene): Promise<void> {
  scene.mendBus()
  await reconcile(scene.runtime, scene.messaging.bus)
  expect(await scene.rulesMatch()).toBe(true)
}

describe('while the bus fails', () => {
  test.each(each(putting))(
    'nothing is registered when $operation $how, and no rule is left',
    async ({ operation, fault }) => {
      const scene = await openWebhookScene()
      scene.breakBus(operation, fault)
      expect(await scene.register()).toEqual(unavailable)
      expect((await scene.api('GET /api/v1/webhooks')).body['total']).toBe(0)
      await mended(scene)
      expect((await scene.rules()).size).toBe(0)
    },
  )

  test.each(each(putting))(
    'a change is not made when $operation $how, and the rule is what it was',
    async ({ operation, fault }) => {
      const scene = await openWebhookScene()
      const path = `/api/v1/webhooks/${await scene.registered()}` as const
      const before = [await scene.api(`GET ${path}`), await scene.rules()]
      for (const change of [{ events: ['seat.held'] }, { enabled: false }]) {
        scene.breakBus(operation, fault)
        expect(await scene.api(`PATCH ${path}`, change)).toEqual(unavailable)
        await mended(scene)
        expect([await scene.api(`GET ${path}`), await scene.rules()]).toEqual(before)
      }
    },
  )

  test.each(each(removing))(
    'nothing is deleted when $operation $how, and the rule is there again',
    async ({ operation, fault }) => {
      const scene = await openWebhookScene()
      const path = `/api/v1/webhooks/${await scene.registered()}` as const
      const before = [await scene.api(`GET ${path}`), await scene.rules()]
      scene.breakBus(operation, fault)
      expect(await scene.api(`DELETE ${path}`)).toEqual(unavailable)
      await mended(scene)
      expect([await scene.api(`GET ${path}`), await scene.rules()]).toEqual(before)
      expect((await scene.api(`DELETE ${path}`)).status).toBe(200)
    },
  )

  test('what does not concern the rule is changed all the same', async () => {
    const { api, registered, breakBus } = await openWebhookScene()
    const path = `/api/v1/webhooks/${await registered()}` as const
    breakBus('PutRule')
    const answer = await api(`PATCH ${path}`, { description: 'new', url: 'https://new.example/' })
    expect(answer.status).toBe(200)
    expect((await api(`POST ${path}/rotate-secret`)).status).toBe(200)
  })

  test('a bus that does not take the target of a rule leaves nothing recorded', async () => {
    const scene = await openWebhookScene()
    scene.breakBus('PutTargets', { failedEntries: [0] })
    expect(await scene.register()).toEqual(unavailable)
    expect((await scene.api('GET /api/v1/webhooks')).body['total']).toBe(0)
    await mended(scene)
  })

  test.each(['test', 'deliveries/{deliveryId}/redeliver', 'replay'])(
    'a queue that fails leaves the delivery log of %s as it was',
    async (action) => {
      const { api, registered, breakBus, settle } = await openWebhookScene()
      const id = await registered()
      const path = `/api/v1/webhooks/${id}` as const
      const { body } = await api(`POST ${path}/test`)
      const deliveryId = body['deliveryId'] as string
      await settle(id, deliveryId, 204)
      const before = await api(`GET ${path}/deliveries`)
      breakBus('SendMessageBatch')
      const range = { since: '2027-03-04T00:00:00.000Z', until: '2027-03-05T00:00:00.000Z' }
      const request = `POST ${path}/${action.replace('{deliveryId}', deliveryId)}` as const
      expect((await api(request, action === 'replay' ? range : undefined)).status).toBe(503)
      expect(await api(`GET ${path}/deliveries`)).toEqual(before)
    },
  )
})

describe('while the table fails', () => {
  test.each([
    ['POST /api/v1/webhooks', { url: 'https://new.example/', events: ['seat.held'] }],
    ['PATCH /api/v1/webhooks/{id}', { events: ['seat.held'] }],
    ['PATCH /api/v1/webhooks/{id}', { enabled: false }],
    ['DELETE /api/v1/webhooks/{id}', undefined],
  ] as const)('%s %j ends with the rules as the records say', async (route, body) => {
    const scene = await openWebhookScene()
    const id = await scene.registered()
    scene.engine.inject = ({ operation }) =>
      operation === 'TransactWriteItems' ? 'internal-error' : undefined
    const request = route.replace('{id}', id) as `${string} /${string}`
    expect((await scene.api(request, body)).status).toBe(503)
    expect(await scene.rulesMatch()).toBe(false)
    scene.engine.inject = undefined
    await mended(scene)
    expect((await scene.api('GET /api/v1/webhooks')).body['total']).toBe(1)
  })

  test.each([
    ['PATCH /api/v1/webhooks/{id}', { events: ['seat.held'] }],
    ['DELETE /api/v1/webhooks/{id}', undefined],
  ] as const)(
    '%s is refused as busy, with the rule put back, where others always win',
    async (route, body) => {
      const scene = await openWebhookScene()
      const id = await scene.registered()
      scene.engine.inject = ({ operation }) =>
        operation === 'TransactWriteItems' ? 'transaction-conflict' : undefined
      const request = route.replace('{id}', id) as `${string} /${string}`
      expect(await scene.api(request, body)).toMatchObject({
        status: 409,
        body: {
          message: `The webhook ${id} is being changed by others: nothing was done, try again`,
        },
      })
      expect(await scene.rulesMatch()).toBe(true)
    },
  )
})

describe('while the store is only too slow', () => {
  test('nothing is registered, changed or deleted, and the rules are at once what they were', async () => {
    const scene = await openWebhookScene()
    const path = `/api/v1/webhooks/${await scene.registered()}` as const
    const before = await scene.rules()
    scene.engine.inject = ({ operation }) =>
      operation === 'TransactWriteItems' ? 'throttle' : undefined
    const answers = [
      await scene.register(),
      await scene.api(`PATCH ${path}`, { enabled: false }),
      await scene.api(`DELETE ${path}`),
    ]
    for (const { status, body } of answers) {
      expect([status, body['message']]).toEqual([503, expect.stringContaining('Too many requests')])
    }
    expect(await scene.rules()).toEqual(before)
  })
})
