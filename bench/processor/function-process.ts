import { Session, type Profiler } from 'node:inspector'
import { pathToFileURL } from 'node:url'
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda'
import { instant } from '../../lib/clock.ts'
import { demoKeys } from '../../local/demo/seed-demo.ts'
import { toLambdaContext, toProxyEvent } from '../../local/http/api-gateway.ts'
import { seatOf } from './on-sale.ts'

// One function as Lambda runs it: its bundle, one call at a time, in a process of its own. It is told which holds to make, and says what
// they took of the processor: of all threads, those of the collector of garbage and of the compiler too.

/** Holds to make, and whether to look where the time goes. */
export interface Ask {
  readonly from: number
  readonly count: number
  readonly isProfiled: boolean
}

/** What they took. */
export interface Took {
  readonly milliseconds: number
  readonly profile?: Profiler.Profile
}

type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>

/** Microseconds between two looks. */
const LOOK_MICROSECONDS = 200

/** What a browser behind API Gateway sends along. */
const HEADERS = {
  Host: 'api.example.com',
  'X-Api-Key': demoKeys.publishable,
  'Content-Type': 'application/json',
  Accept: '*/*',
  'Accept-Encoding': 'gzip, deflate, br',
  Origin: 'https://shop.example.com',
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)',
  'X-Forwarded-For': '203.0.113.9',
  'X-Forwarded-Proto': 'https',
}

const PATH = '/api/v1/events/{eventKey}/seats/hold'

function eventOf(hold: number, handler: Handler): APIGatewayProxyEvent {
  const { eventKey, label } = seatOf(hold)
  const body = JSON.stringify({ objectLabel: label, holdToken: `buyer-of-seat-${hold}` })
  const request = {
    method: 'POST',
    path: PATH.replace('{eventKey}', eventKey),
    query: '',
    protocol: 'HTTP/1.1',
    rawHeaders: Object.entries(HEADERS).flat(),
    sourceIp: '203.0.113.9',
    body: Buffer.from(body),
    requestId: `request-${hold}`,
    time: instant(0),
  }
  const route = { method: 'POST', path: PATH, handler } as const
  return toProxyEvent(request, { route, parameters: new Map([['eventKey', eventKey]]) })
}

async function hold(handler: Handler, { from, count }: Ask): Promise<number> {
  const events = Array.from({ length: count }, (_, at) => eventOf(from + at, handler))
  const before = process.cpuUsage()
  for (const event of events) {
    const context = toLambdaContext('hold-seats', 'request', () => 10_000)
    const { statusCode, body } = await handler(event, context)
    if (statusCode !== 200) throw new Error(`A hold was answered ${statusCode}: ${body}`)
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

async function profiled(work: () => Promise<number>): Promise<Took> {
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.setSamplingInterval', { interval: LOOK_MICROSECONDS })
  session.post('Profiler.start')
  const milliseconds = await work()
  const profile = await new Promise<Profiler.Profile>((resolve) => {
    session.post('Profiler.stop', (_, stopped) => {
      resolve(stopped.profile)
    })
  })
  session.disconnect()
  return { milliseconds, profile }
}

async function main(): Promise<void> {
  const [, , bundle = ''] = process.argv
  const { handler } = (await import(pathToFileURL(bundle).href)) as { handler: Handler }
  const answer = async (ask: Ask) => {
    const work = () => hold(handler, ask)
    process.send?.(ask.isProfiled ? await profiled(work) : { milliseconds: await work() })
  }
  process.on('message', (ask) => void answer(ask as Ask))
  process.send?.('ready')
}

await main()
