import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { LINES_BYTES_MAX } from '../../local/http/http-server.ts'
import { DEMO_EVENT_KEY, demoKeys } from '../../local/demo/seed-demo.ts'
import { startProduct } from '../support/product.ts'

/** Sends a GET whose first line and header values have so many bytes; answers what came back, headers and all. */
function get(
  url: string,
  path: string,
  { auth, bytes }: { auth: string; bytes: number },
): Promise<string> {
  const line = (query: string) => `GET ${path}?label=${query} HTTP/1.1`
  const values = ['localhost', 'close', auth.replace(/^[^:]+: /, '')]
  const others = [line(''), ...values].reduce((sum, text) => sum + text.length, 0)
  const head = [
    line('x'.repeat(bytes - others)),
    `Host: ${values[0] ?? ''}`,
    'Connection: close',
    auth,
  ]
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write(`${head.join('\r\n')}\r\n\r\n`)
    })
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
    socket.on('error', reject)
    socket.on('close', () => {
      resolve(text)
    })
  })
}

const MESSAGE = `Path, query and headers may have ${LINES_BYTES_MAX} bytes together: ask for less at a time`

test('what the gateway would not take is refused at the same size, in the words of each surface', async () => {
  const product = startProduct()
  const url = (await product.url) ?? ''
  const basic = `Authorization: Basic ${btoa(`${demoKeys.seatsio}:`)}`
  const key = `X-Api-Key: ${demoKeys.secret}`
  const [theirs, ours] = [
    `/events/${DEMO_EVENT_KEY}/objects`,
    `/api/v1/events/${DEMO_EVENT_KEY}/status`,
  ]
  const statusOf = (answer: string) => Number(answer.split(' ')[1])
  const jsonOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))) as object

  for (const [path, auth] of [
    [theirs, basic],
    [ours, key],
  ] as const) {
    const most = await get(url, path, { auth, bytes: LINES_BYTES_MAX })
    expect([path, JSON.stringify(most).includes(MESSAGE)]).toEqual([path, false])
  }
  for (const bytes of [LINES_BYTES_MAX + 1, 15_000]) {
    const foreign = await get(url, theirs, { auth: basic, bytes })
    expect([statusOf(foreign), jsonOf(foreign)]).toMatchObject([
      400,
      { status: 400, errors: [{ message: expect.stringContaining(MESSAGE) as string }] },
    ])
    const own = await get(url, ours, { auth: key, bytes })
    expect([statusOf(own), jsonOf(own)]).toMatchObject([
      400,
      { statusCode: 400, code: 'input_invalid', errors: { query: [MESSAGE] } },
    ])
  }
})
