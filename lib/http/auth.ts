import type { Request } from '@middy/core'
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda'
import type { Caller } from '../actions/context.ts'
import type { Runtime } from '../open.ts'
import { addressOf, isSame } from './caller-address.ts'
import type { Endpoint } from './endpoint.ts'
import type { KnownCaller } from './key-cache.ts'
import { answerProblem, factsOf } from './serve.ts'
import type { Credential, Problem } from './surface.ts'
import * as stored from '../store/companies/callers.ts'

/** Milliseconds that a key is believed after it was looked up: a revoked key may live that long. */
export const KEY_CACHE_MS = 60_000

/** Keys that a process remembers. */
const KEYS_CACHED_MAX = 10_000

/** Anything longer, or with other characters, is no key of ours: not worth a look-up. */
const KEY_FORM = /^[\x21-\x7e]{1,200}$/

/** What authentication adds to the Lambda context. */
export interface CallerContext extends Context {
  caller?: Caller
  /** Whose key was presented, also where it may not do this. */
  keyId?: string
  /** What is told of limits, where requests are counted. */
  limits?: Readonly<Record<string, string>>
}

type Before = (
  request: Request<APIGatewayProxyEvent, APIGatewayProxyResult, Error, CallerContext>,
) => Promise<APIGatewayProxyResult | undefined>

/** Says who is calling, and refuses whoever may not, before anything else is looked at. */
export function authenticate(endpoint: Endpoint, runtime: () => Runtime): Before {
  return async ({ event, context }) => {
    if (endpoint.access === 'anyone') return undefined
    const found = await identify(endpoint, runtime(), event)
    if (found === 'operator') return undefined
    if (found.keyId !== undefined) context.keyId = found.keyId
    if ('code' in found) return answerProblem(endpoint, found, factsOf(event, undefined))
    context.caller = found
    return undefined
  }
}

/** The answer to whoever may not call; undefined for everyone else. Looks at no body. */
export async function refuseStranger(
  endpoint: Endpoint,
  runtime: Runtime,
  event: APIGatewayProxyEvent,
): Promise<APIGatewayProxyResult | undefined> {
  if (endpoint.access === 'anyone') return undefined
  const found = await identify(endpoint, runtime, event)
  if (found === 'operator' || !('code' in found)) return undefined
  return answerProblem(endpoint, found, factsOf(event, undefined))
}

/** Why nobody may call, and whose key it was where that is known. */
type NoCaller = Problem & { readonly keyId?: string }

async function identify(
  { surface, access, actsInWorkspace = false }: Endpoint,
  runtime: Runtime,
  event: APIGatewayProxyEvent,
): Promise<Caller | 'operator' | NoCaller> {
  const credential = surface.credential(lowerCaseNames(event.headers))
  if (access === 'system') return identifyOperator(runtime, event, credential)
  if (credential === undefined || credential.key === '') return { code: 'key-missing' }
  if (!KEY_FORM.test(credential.key)) return { code: 'key-invalid' }
  // Administration is about the company: the workspace that is named does not matter there, save where it acts in one.
  const { key } = credential
  const isOfCompany = access === 'admin-key' && !actsInWorkspace
  const found = await findCaller(runtime, {
    ...(isOfCompany ? { key } : credential),
    isOfCompany,
    mayBePublic: surface.takesPublicKeys === true,
  })
  if ('code' in found) return found
  const { keyId } = found
  if (access === 'secret-key' && found.kind !== 'secret') return { code: 'key-not-allowed', keyId }
  if (access === 'admin-key' && found.companyId === undefined)
    return { code: 'key-not-allowed', keyId }
  return { ...found, address: addressOf(event, runtime.addressSource) }
}

/** Where no secret is set for the operator, there is nothing to call. */
function identifyOperator(
  { systemSecret }: Runtime,
  { httpMethod: method, path }: APIGatewayProxyEvent,
  credential: Credential | undefined,
): 'operator' | NoCaller {
  if (systemSecret === undefined) return { code: 'no-such-endpoint', method, path }
  if (credential === undefined || credential.key === '') return { code: 'key-missing' }
  return isSame(credential.key, systemSecret) ? 'operator' : { code: 'key-invalid' }
}

interface Presented extends Credential {
  /** The company is meant, whichever workspace is named. */
  readonly isOfCompany: boolean
  readonly mayBePublic: boolean
}

async function findCaller(
  runtime: Runtime,
  { key, workspaceKey, isOfCompany, mayBePublic }: Presented,
): Promise<KnownCaller | Problem> {
  const { keyCache, clock, store } = runtime
  const now = clock.now()
  const name = isOfCompany ? `${key}\n` : `${key}\n${mayBePublic}\n${workspaceKey ?? ''}`
  const cached = keyCache.get(name)
  if (cached !== undefined && now - cached.foundAt < KEY_CACHE_MS) return cached.caller
  keyCache.delete(name)
  const found = isOfCompany
    ? await stored.findAdministrator(store, key)
    : await stored.findCaller(store, { key, workspaceKey, mayBePublic })
  if (found.status !== 'found') return problems[found.status](workspaceKey)
  const { caller } = found
  if (keyCache.size >= KEYS_CACHED_MAX) keyCache.clear()
  keyCache.set(name, { caller, foundAt: now })
  return caller
}

/** Why a key does not open what it was used for. */
const problems = {
  unknown: () => ({ code: 'key-invalid' }),
  'other-workspace': () => ({ code: 'key-not-allowed' }),
  'not-admin': () => ({ code: 'key-not-allowed' }),
  inactive: () => ({ code: 'workspace-inactive' }),
  'no-workspace': (workspaceId = '') => ({
    code: 'refused',
    refusal: { code: 'workspace-not-found', workspaceId },
  }),
} as const satisfies Record<string, (workspaceKey?: string) => Problem>

function lowerCaseNames(headers: APIGatewayProxyEvent['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), value]],
    ),
  )
}
