import { expect, test } from 'vitest'
import { crowdDemo } from '../../local/demo/crowd-demo.ts'
import { demoKeys, seedDemo } from '../../local/demo/seed-demo.ts'
import { apiOver } from '../support/api.ts'
import { openHoldfast } from '../support/holdfast.ts'
import { documentedOperations, openApi, type DocumentedOperation } from '../support/openapi.ts'

/** As the page shows them: by tag, and within a tag by their place. */
const onPage = (openApi.tags ?? []).flatMap(({ name }) =>
  documentedOperations()
    .filter(({ tag }) => tag === name)
    .sort((a, b) => a.storyPlace - b.storyPlace),
)

/** What concerns one webhook: who presses that has made it, and its receiver answers. */
const isOfWebhook = ({ path }: DocumentedOperation) => path.includes('/webhooks/{id}')

test('the examples of the page, pressed as they stand from top to bottom on the demo data, are answered as they say', async () => {
  const { runtime } = await openHoldfast()
  await seedDemo(runtime)
  await crowdDemo(runtime)
  const api = apiOver(runtime)
  const pressed = onPage.filter((operation) => !isOfWebhook(operation))
  expect(pressed.length).toBeGreaterThan(20)
  for (const operation of pressed) {
    for (const [name, status, body] of examplesOf(operation)) {
      const answer = await api(requestOf(operation), body, { key: demoKeys.secret })
      expect([operation.operationId, name, answer.status]).toEqual([
        operation.operationId,
        name,
        status,
      ])
    }
  }
})

/** Each example with the status under which the document shows its answer. */
function examplesOf({ requestExamples, replies }: DocumentedOperation) {
  const successes = replies.filter(({ status }) => status < 300)
  const names = [requestExamples, ...successes.map(({ examples }) => examples)].flatMap(Object.keys)
  return [...new Set(names)].map((name) => {
    const reply = replies.find(({ examples }) => name in examples)
    return [name, reply?.status ?? 204, requestExamples[name]] as const
  })
}

/** With the values that the document has for its parameters, as the page fills them in. */
function requestOf({ method, path, parameters }: DocumentedOperation) {
  const query = new URLSearchParams()
  let target = path
  for (const { name, in: where, example } of parameters) {
    if (where === 'path') target = target.replace(`{${name}}`, String(example))
    else if (example !== undefined) query.set(name, String(example))
  }
  return `${method} ${target}?${query.toString()}` as `${string} /${string}`
}
