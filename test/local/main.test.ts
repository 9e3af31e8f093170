import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { DEMO_EVENT_KEY, demoKeys } from '../../local/seed-demo.ts'

const main = fileURLToPath(new URL('../../local/main.ts', import.meta.url))

interface Product {
  readonly process: ChildProcess
  /** Everything printed so far. */
  readonly output: () => string
  /** Resolves with the base URL, or with undefined when it ended before it was ready. */
  readonly url: Promise<string | undefined>
  readonly ended: Promise<number | null>
}

const running: ChildProcess[] = []

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

/** Starts the product as `npm start` does, with nothing of AWS in its environment. */
function start(env: Record<string, string> = {}): Product {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH, HOME, PORT: '0', ...env },
  })
  running.push(child)
  let text = ''
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const ready = new Promise<string | undefined>((resolve) => {
    const read = (chunk: Buffer) => {
      text += chunk.toString()
      const found = /Holdfast is ready at (\S+)[\s\S]*\n\n$/.exec(text)
      if (found !== null) resolve(found[1])
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void ended.then(() => {
      resolve(undefined)
    })
  })
  return { process: child, output: () => text, url: ready, ended }
}

test('npm start sells a seat of the demo event with the request that it prints, and ends on a signal', async () => {
  const product = start()
  const url = (await product.url) ?? ''
  const health = await fetch(`${url}/health`)
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }])
  const printed = /curl -X POST (\S+) \\\s+-H '(X-Api-Key): (\S+)' \\\s+-d '(.*)'/.exec(
    product.output(),
  )
  const [, target = '', header = '', key = '', body = ''] = printed ?? []
  const held = await fetch(target, { method: 'POST', headers: { [header]: key }, body })
  expect([held.status, await held.json()]).toMatchObject([200, { status: 'held' }])
  const status = await fetch(`${url}/api/v1/events/${DEMO_EVENT_KEY}/status`, {
    headers: { 'X-Api-Key': demoKeys.secret },
  })
  expect(await status.json()).toMatchObject({ objects: [{ status: 'held' }] })
  product.process.kill('SIGTERM')
  expect(await product.ended).toBe(0)
  const lines = product
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
  expect(lines).toHaveLength(3)
  for (const secret of [demoKeys.secret, demoKeys.publishable, 'my-first-hold']) {
    expect(lines.join('\n')).not.toContain(secret)
  }
})

test('a port that is taken is named, with what to do, and the process ends with 1', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  const { port } = blocker.address() as AddressInfo
  const product = start({ PORT: String(port) })
  expect(await product.ended).toBe(1)
  expect(product.output()).toMatch(new RegExp(`Port ${port} is taken.*PORT`))
  expect(product.output()).not.toContain('at ')
  blocker.close()
})

test.each(['http', '-1', '65536', '3000x', ''])('PORT=%j is refused by name', async (PORT) => {
  const product = start({ PORT })
  expect(await product.ended).toBe(1)
  expect(product.output()).toContain('PORT must be a number from 0 to 65535')
})
