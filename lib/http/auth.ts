import type { Request } from '@middy/core'
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda'
import type { Caller } from '../actions/context.ts'
import type { Runtime } from '../open.ts'
import type { Endpoint } from './endpoint.ts'
import { reply } from './reply.ts'
import type { Problem } from './surface.ts'

/** Milliseconds that a key is believed after it was looked up: a revoked key may live that long. */
export const KEY_CACHE_MS = 60_000

/** Keys that a process remembers. */
const KEYS_CACHED_MAX = 10_000

/** Anything longer, or with other characters, is no key of ours: not worth a look-up. */
const KEY_FORM = /^[\x21-\x7e]{1,200}$/

/** A caller, whichever address the request came from. */
type KnownCaller = Omit<Caller, 'address'>

/** Keys looked up lately, by the key itself; lives in memory only. */
export type KeyCache = Map<string, { readonly caller: KnownCaller; readonly foundAt: number }>

/** What authentication adds to the Lambda context. */
export interface Authenticated extends Context {
  caller?: Caller
}

type Before = (
  request: Request<APIGatewayProxyEvent, APIGatewayProxyResult, Error, Authenticated>,
) => Promise<APIGatewayProxyResult | undefined>

/** Says who is calling, and refuses whoever may not, before anything else is looked at. */
export function authenticate(endpoint: Endpoint, runtime: () => Runtime): Before {
  return async ({ event, context }) => {
    if (endpoint.access === 'anyone') return undefined
    const found = await identify(endpoint, runtime(), event)
    if ('code' in found) return reply(endpoint.surface.answer(found))
    context.caller = found
    return undefined
  }
}

async function identify(
  { surface, access }: Endpoint,
  runtime: Runtime,
  event: APIGatewayProxyEvent,
): Promise<Caller | Problem> {
  const key = surface.credential(lowerCaseNames(event.headers))
  if (key === undefined || key === '') return { code: 'key-missing' }
  if (!KEY_FORM.test(key)) return { code: 'key-invalid' }
  const caller = await findCaller(runtime, key)
  if (caller === undefined) return { code: 'key-invalid' }
  if (access === 'secret-key' && caller.kind !== 'secret') return { code: 'key-not-allowed' }
  return { ...caller, address: event.requestContext.identity.sourceIp }
}

async function findCaller(runtime: Runtime, key: string): Promise<KnownCaller | undefined> {
  const { keyCache, clock, store } = runtime
  const now = clock.now()
  const cached = keyCache.get(key)
  if (cached !== undefined && now - cached.foundAt < KEY_CACHE_MS) return cached.caller
  keyCache.delete(key)
  const caller = await store.findCaller(key)
  if (caller === undefined) return undefined
  if (keyCache.size >= KEYS_CACHED_MAX) keyCache.clear()
  keyCache.set(key, { caller, foundAt: now })
  return caller
}

function lowerCaseNames(headers: APIGatewayProxyEvent['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), value]],
    ),
  )
}
