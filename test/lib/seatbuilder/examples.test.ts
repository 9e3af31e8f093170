import { expect, test } from 'vitest'
import { EXAMPLE_DEMO_CHART_KEY } from '../../../lib/seatbuilder/story.ts'
import { EXAMPLE_DELIVERY_ID, EXAMPLE_WEBHOOK_ID } from '../../../lib/seatbuilder/webhook-story.ts'
import { demoKeys, seedDemo } from '../../../local/demo/seed-demo.ts'
import { apiOver, type Api } from '../../support/api.ts'
import { openHoldfast } from '../../support/holdfast.ts'
import { documentedOperations } from '../../support/openapi.ts'
import { settleDelivery } from '../../support/settle-delivery.ts'
import { learn, statusOf, storyOf, targetOf, translate, type Real } from '../../support/story.ts'

const operations = documentedOperations()

test('every request of the document is answered as the document shows it, on the demo data', async () => {
  const holdfast = await openHoldfast()
  const { runtime } = holdfast
  await seedDemo(runtime)
  const api = apiOver(runtime)
  const real: Real = new Map([[EXAMPLE_DEMO_CHART_KEY, await demoChartKey(api)]])
  for (const scene of storyOf('seatbuilder')) {
    const { title, example } = scene
    const { name, endpoint } = scene.entry
    // Somebody delivers meanwhile.
    if (name === 'list-deliveries') {
      const endpointId = real.get(EXAMPLE_WEBHOOK_ID) ?? ''
      const deliveryId = real.get(EXAMPLE_DELIVERY_ID) ?? ''
      await settleDelivery(holdfast.port, { endpointId, deliveryId, responseStatus: 204 })
    }
    const target = targetOf(endpoint.path, translate(example, real))
    const answer = await api(`${endpoint.method} ${target}`, translate(example.body, real), {
      key: demoKeys.secret,
    })
    const told = answer.code === undefined ? answer.body : { ...answer.body, code: answer.code }
    learn(example, told, real)
    expect({ name, title, status: answer.status, body: told }).toEqual({
      name,
      title,
      status: statusOf(scene),
      body: translate(example.reply, real),
    })
    const documented = operations.find(
      ({ method, path }) => method === endpoint.method && path === endpoint.path,
    )
    const reply = documented?.replies.find(({ status }) => status === answer.status)
    expect(reply?.examples[title]).toEqual(example.reply)
    expect(reply?.faultsOf(told)).toEqual([])
  }
})

test('every endpoint has an example', () => {
  const told = new Set(storyOf('seatbuilder').map(({ entry }) => entry.endpoint))
  const paths = [...told].map(({ method, path }) => `${method} ${path}`)
  expect(paths.sort()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).sort())
})

async function demoChartKey(api: Api): Promise<string> {
  const { body } = await api('GET /api/v1/events/evt_demo', undefined, { key: demoKeys.secret })
  return body['chartKey'] as string
}
